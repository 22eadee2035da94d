import { Curve, type Sampling } from './curve.ts'
import type { InkPoint } from './point.ts'
import { STEP } from './size.ts'

// A pen rests when it is slower than this share of its mean speed. Training dropped samples that moved less than one tablet
// unit, which is about the same.
const REST = 0.1
// The initial guess weighs as much as this many steps.
const TRUST = 20
const ROUNDS = 3
const CLOSE = 0.0005 // relative change below which another round is not worth its time

/** Returns the sampling for writing with steps of 0.28 sigmas. */
export function samplingFor(stride: number, sigma: number): Sampling {
  return { stride, rest: (REST * STEP * sigma) / stride }
}

/**
 * Estimates the stride, in milliseconds, at which these strokes have steps of 0.28 sigmas on average, as in training.
 * @param strokes denoised
 * @param sigma see `estimateSigma`
 * @param guess of the stride, used while little is written
 * @param stride start of the iteration: the last result, so that a few rounds suffice
 */
export function estimateStride(
  strokes: readonly (readonly InkPoint[])[],
  sigma: number,
  guess: number,
  stride = guess,
): number {
  // Steps are nearly proportional to the stride.
  for (let round = 0; round < ROUNDS; round++) {
    let length = TRUST * STEP * sigma * (stride / guess)
    let steps = TRUST
    for (const stroke of strokes) {
      const curve = new Curve(samplingFor(stride, sigma))
      const points = [...curve.add(stroke), ...curve.ending()]
      for (const [i, to] of points.entries()) {
        const from = points[i - 1]
        if (!from) continue
        length += Math.hypot(to.x - from.x, to.y - from.y)
        steps++
      }
    }
    const change = (STEP * sigma * steps) / length
    stride *= change
    if (Math.abs(change - 1) < CLOSE) break
  }
  return stride
}
