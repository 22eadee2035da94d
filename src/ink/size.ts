import { exp, log } from '../math/elementary.ts'
import { VERSION_1_METRICS } from '../weights/metrics.ts'
import type { InkLine } from './ink-line.ts'

/** A model unit and the mean step of training, in sigmas: standard deviations of y over a line of writing. */
export const UNIT = VERSION_1_METRICS.unit
export const STEP = VERSION_1_METRICS.meanStep * UNIT

// The size is estimated from the latest points.
const WINDOW = 800
// The initial guess weighs as much as this much ink (see below): about a letter and a half.
const TRUST = 5

/**
 * Estimates the size of a visitor's writing: sigma, the standard deviation of y within its lines, in pixels.
 *
 * One or two letters are too little: without ascenders and descenders they are less tall than the line will be. Let e be the
 * vertical travel of the pen in sigmas (a letter is about 4). On recorded lines, the measurement is too small by a factor of
 * 1 + 2/e on average, and its logarithm has a standard deviation of 3/e. So it is corrected by the first, and weighted by
 * the second against the guess.
 *
 * @param lines of writing; the latest count
 * @param guess of sigma, in pixels
 */
export function estimateSigma(lines: readonly InkLine[], guess: number): number {
  let count = 0
  let travel = 0
  let squares = 0
  for (let i = lines.length - 1; i >= 0 && count < WINDOW; i--) {
    const line = lines[i] as InkLine
    count += line.count
    travel += line.travel
    squares += line.squares
  }
  if (!(travel > 0 && squares > 0)) return guess
  const measured = log(Math.sqrt(squares / count))
  let sigma = log(guess)
  // e depends on the result: iterate with half steps. A dash, which has no height, changes little.
  for (let i = 0; i < 30; i++) {
    const e = travel / exp(sigma)
    const weight = e ** 2 / (e ** 2 + TRUST ** 2)
    sigma += (weight * (measured + log(1 + 2 / e)) + (1 - weight) * log(guess) - sigma) / 2
  }
  return exp(sigma)
}
