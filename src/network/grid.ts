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
