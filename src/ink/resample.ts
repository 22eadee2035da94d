import { Curve, type Pace } from './curve.ts'
import { Denoiser } from './denoiser.ts'
import type { InkPoint, Point } from './point.ts'

export type { Pace }

/** One stroke, as its samples come in, made even in time: a point every `stride` milliseconds, whatever the device. */
export class Resampler {
  /** the samples that no later one can move, as `Denoiser` gives them */
  readonly steadied: InkPoint[] = []
  readonly #steady = new Denoiser()
  readonly #curve: Curve

  /** @param pace stride above 0 ms, rest above 0 pixels a ms; RangeError otherwise */
  constructor(pace: Pace) {
    this.#curve = new Curve(pace)
  }

  /**
   * Takes samples and gives the points that no later sample can change: they are one or two strides behind the pen, and
   * behind a mouse that knows whole pixels only 30 ms more.
   */
  add(samples: readonly InkPoint[]): Point[] {
    const certain = this.#steady.add(samples)
    this.steadied.push(...certain)
    return this.#curve.add(certain)
  }

  /** The points still to come, now that the pen is lifted. */
  finish(): Point[] {
    const points = this.ending()
    this.steadied.push(...this.#steady.ending())
    return points
  }

  /** The points still to come if the pen is lifted now, the last sample at their end. */
  ending(): Point[] {
    const rest = this.#steady.ending()
    if (rest.length === 0) return this.#curve.ending()
    const curve = this.#curve.copy()
    return [...curve.add(rest), ...curve.ending()]
  }
}

/** A whole stroke at once: the same points as one sample after the other. */
export function resample(samples: readonly InkPoint[], pace: Pace): Point[] {
  const resampler = new Resampler(pace)
  return [...resampler.add(samples), ...resampler.ending()]
}
