import { Curve, type Sampling } from './curve.ts'
import { Denoiser } from './denoiser.ts'
import type { InkPoint, Point } from './point.ts'

export type { Sampling }

/** Resamples one stroke evenly in time while its samples arrive: one point every `stride` milliseconds, whatever the device. */
export class Resampler {
  /** denoised samples that no later sample can change */
  readonly denoised: InkPoint[] = []
  readonly #denoiser = new Denoiser()
  readonly #curve: Curve

  /** @throws RangeError unless stride (ms) and rest (pixels per ms) are above 0 */
  constructor(sampling: Sampling) {
    this.#curve = new Curve(sampling)
  }

  /**
   * Adds samples and returns the new points that no later sample can change. They are one or two strides behind the pen, and
   * 30 ms more for a mouse on whole pixels.
   */
  add(samples: readonly InkPoint[]): Point[] {
    const final = this.#denoiser.add(samples)
    this.denoised.push(...final)
    return this.#curve.add(final)
  }

  /** Ends the stroke and returns its remaining points. */
  finish(): Point[] {
    const points = this.ending()
    this.denoised.push(...this.#denoiser.ending())
    return points
  }

  /** Returns the points that would remain if the pen were lifted now; the last sample is the last point. */
  ending(): Point[] {
    const rest = this.#denoiser.ending()
    if (rest.length === 0) return this.#curve.ending()
    const curve = this.#curve.copy()
    return [...curve.add(rest), ...curve.ending()]
  }
}

/** Resamples a whole stroke at once. Gives the same points as one sample after the other. */
export function resample(samples: readonly InkPoint[], sampling: Sampling): Point[] {
  const resampler = new Resampler(sampling)
  return [...resampler.add(samples), ...resampler.ending()]
}
