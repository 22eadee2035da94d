import { exp, log } from '../math/elementary.ts'
import type { InkLine } from './ink-line.ts'

/** A model unit and the mean step of training, in sigmas: the standard deviation of y over a line of writing. */
export const UNIT = 0.55
export const STEP = 0.28

// A hand is known by what it wrote last, this many points of it.
const WINDOW = 800
// How far a first guess is trusted: as much as the measure of this much ink (see below), about a letter and a half.
const TRUST = 5

/**
 * The size of a hand in sigmas, pixels: the standard deviation of y within its rows.
 *
 * A letter or two say little yet: without ascenders and descenders they are less tall than the line will be. With e the
 * way that the pen went up and down, in sigmas (a letter is about 4), the measure is too small by 1 + 2/e on average,
 * and off by 3/e besides (standard deviation of its logarithm; found on recorded lines). So it is corrected by the one and
 * weighed by the other against the guess.
 *
 * @param rows the last of them count
 * @param guess of sigma, pixels
 */
export function estimateSigma(rows: readonly InkLine[], guess: number): number {
  let count = 0
  let travel = 0
  let squares = 0
  for (let i = rows.length - 1; i >= 0 && count < WINDOW; i--) {
    const row = rows[i] as InkLine
    count += row.count
    travel += row.travel
    squares += row.squares
  }
  if (!(travel > 0 && squares > 0)) return guess
  const measured = log(Math.sqrt(squares / count))
  let sigma = log(guess)
  // e needs the answer; half a step at a time this settles, and a dash, which has no height, changes little.
  for (let i = 0; i < 30; i++) {
    const e = travel / exp(sigma)
    const weight = e ** 2 / (e ** 2 + TRUST ** 2)
    sigma += (weight * (measured + log(1 + 2 / e)) + (1 - weight) * log(guess) - sigma) / 2
  }
  return exp(sigma)
}
