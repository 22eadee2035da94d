import { Curve, type Pace } from './curve.ts'
import type { InkPoint } from './point.ts'
import { STEP } from './size.ts'

// A pen rests when it is slower than this part of its mean speed: training dropped what moved less than a tablet's unit
// between samples, which is about that.
const REST = 0.1
// A first guess weighs as much as this many steps.
const TRUST = 20
const ROUNDS = 3
const CLOSE = 0.0005 // so near to the last answer no other round is worth its time

/** The pace of a hand that takes steps of 0.28 sigmas. */
export function paceOf(stride: number, sigma: number): Pace {
  return { stride, rest: (REST * STEP * sigma) / stride }
}

/**
 * The stride at which these strokes take steps of 0.28 sigmas on average, as in training, milliseconds.
 * @param strokes steadied
 * @param sigma see `estimateSigma`
 * @param guess of the stride, which counts while little is written
 * @param stride where to begin: the last answer, so that a few rounds are enough
 */
export function estimateStride(
  strokes: readonly (readonly InkPoint[])[],
  sigma: number,
  guess: number,
  stride = guess,
): number {
  // A longer stride gives longer steps, nearly in proportion.
  for (let round = 0; round < ROUNDS; round++) {
    let length = TRUST * STEP * sigma * (stride / guess)
    let steps = TRUST
    for (const stroke of strokes) {
      const curve = new Curve(paceOf(stride, sigma))
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
