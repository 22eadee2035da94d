import { ROUNDING } from '../math/rounding.ts'

/** Hidden states are rounded to multiples of 1 / GRID = 2⁻²³, as fine as a float32 near 1. */
export const GRID = 2 ** 23
const LIMIT = 4 - 2 ** -10 // an LSTM stays within ±1; the rest is room for sketches that change states

/**
 * Rounds a hidden state to the grid and clamps it to ±4. Its products with int8 weights are then integers below 2⁵³, which
 * float64 adds without rounding: the sum is exact in any order, so every kernel computes the same bits.
 */
export function onGrid(h: number): number {
  const clamped = Math.max(-LIMIT, Math.min(LIMIT, h))
  return (clamped * GRID + ROUNDING - ROUNDING) / GRID
}

/** Hidden states of a pair are rounded to multiples of 1 / COARSE_GRID = 2⁻¹⁵, and are 16-bit integers in these units. */
export const COARSE_GRID = 2 ** 15
const COARSE_LIMIT = 2 ** 15 - 1

/** The most units for which a 32-bit sum of products of such integers with int8 weights cannot overflow: 128 × 32767 × 512 < 2³¹. */
export const MOST_COARSE_UNITS = 512

/** Rounds a hidden state to an integer in units of the coarse grid, and clamps it to 16 bits. */
export function toCoarseGrid(h: number): number {
  return Math.max(-COARSE_LIMIT, Math.min(COARSE_LIMIT, Math.floor(h * COARSE_GRID + 0.5)))
}
