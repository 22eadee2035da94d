import type { InkPoint, Point } from './point.ts'

/** How a stroke is sampled in time. */
export interface Sampling {
  /** milliseconds from one point to the next */
  stride: number
  /** speed in pixels per millisecond below which the pen counts as resting, and its time is compressed */
  rest: number
}

// Knots of the curve are at least this many strides apart, so that a fast device gives the same curve as a slow one.
const SPACING = 0.75
// Shorter intervals (ms) do not determine a speed.
const SHORTEST = 0.5
// Longer gaps between samples (ms) are rests: even slow devices report more often while the pen moves.
const SILENCE = 50
// The speed at a knot is at most this many times the slower side's: no loops where a pen comes to rest.
const STEEPEST = 3

/** A sample on the curve. */
interface Knot extends Point {
  /** milliseconds since the stroke began, without rests */
  t: number
}

/**
 * A smooth curve through the samples of one stroke while they arrive, with a point every `stride` milliseconds.
 *
 * It is a cubic Hermite curve in time between samples about one stride apart. Time stands still while the pen rests, so that
 * neither a pause nor a repeated sample adds points. The first and the last sample are always points; the last step takes
 * half to one and a half strides, so that none is very short.
 */
export class Curve {
  readonly #sampling: Sampling
  #knots: Knot[] = []
  #last: InkPoint | undefined
  #elapsed = 0 // from the last knot to the last sample, ms, without rests
  #count = 0 // points returned so far

  /** @throws RangeError unless stride (ms) and rest (pixels per ms) are above 0 */
  constructor(sampling: Sampling) {
    for (const name of ['stride', 'rest'] as const)
      if (!(sampling[name] > 0 && sampling[name] < Number.POSITIVE_INFINITY))
        throw new RangeError(`Expected ${name} to be a finite number above 0, got ${sampling[name]}.`)
    this.#sampling = sampling
  }

  /** Returns an independent copy in the same state. */
  copy(): Curve {
    const copy = new Curve(this.#sampling)
    copy.#knots = this.#knots.slice()
    copy.#last = this.#last
    copy.#elapsed = this.#elapsed
    copy.#count = this.#count
    return copy
  }

  /** Adds samples and returns the new points that no later sample can change. They are one or two strides behind the pen. */
  add(samples: readonly InkPoint[]): Point[] {
    const points: Point[] = []
    for (const sample of samples) {
      if (!this.#take(sample)) continue
      if (this.#count === 0) points.push(this.#at(this.#knots, this.#count++))
      // The next knot still bends the curve before the last one, and the last point needs half a stride.
      const certain = this.#knots.at(-2)?.t ?? 0
      while ((this.#count + 0.5) * this.#sampling.stride < certain) points.push(this.#at(this.#knots, this.#count++))
    }
    return points
  }

  /** Returns the points that would remain if the pen were lifted now; the last sample is the last point. */
  ending(): Point[] {
    const last = this.#last
    const before = this.#knots.at(-1)
    if (!last || !before) return []
    const isKnot = this.#elapsed < SHORTEST // nearly
    const end = { x: last.x, y: last.y, t: before.t + (isKnot ? 0 : this.#elapsed) }
    const knots = [...(isKnot ? this.#knots.slice(0, -1) : this.#knots), end]
    const points: Point[] = []
    let count = this.#count
    while ((count + 0.5) * this.#sampling.stride < end.t) points.push(this.#at(knots, count++))
    if (end.t > 0) points.push({ x: last.x, y: last.y })
    return points
  }

  /** @returns whether a knot was added */
  #take(sample: InkPoint): boolean {
    const knot = this.#knots.at(-1)
    const last = this.#last
    this.#last = sample
    if (!knot || !last) {
      this.#knots.push({ x: sample.x, y: sample.y, t: 0 })
      return true
    }
    const passed = Math.min(Math.max(sample.t - last.t, 0), SILENCE)
    const distance = Math.hypot(sample.x - knot.x, sample.y - knot.y)
    this.#elapsed = Math.min(this.#elapsed + passed, distance / this.#sampling.rest)
    if (this.#elapsed < SPACING * this.#sampling.stride) return false
    this.#knots.push({ x: sample.x, y: sample.y, t: knot.t + this.#elapsed })
    this.#elapsed = 0
    return true
  }

  /** The curve after n strides. */
  #at(knots: readonly Knot[], n: number): Point {
    const t = n * this.#sampling.stride
    let i = knots.length - 1
    while (i > 0 && (knots[i] as Knot).t > t) i--
    const from = knots[i] as Knot
    const to = knots[i + 1]
    if (!to) return { x: from.x, y: from.y }
    const span = to.t - from.t
    const u = (t - from.t) / span
    const [fromX, fromY] = velocity(knots, i)
    const [toX, toY] = velocity(knots, i + 1)
    return {
      x: hermite(u, from.x, to.x, fromX * span, toX * span),
      y: hermite(u, from.y, to.y, fromY * span, toY * span),
    }
  }
}

/** Returns the velocity at a knot: that of the parabola through it and its neighbors, in pixels per millisecond. */
function velocity(knots: readonly Knot[], i: number): [number, number] {
  const here = knots[i] as Knot
  const before = knots[i - 1]
  const after = knots[i + 1]
  if (!before || !after) return between(before ?? here, after ?? here)
  const arriving = between(before, here)
  const leaving = between(here, after)
  const share = (here.t - before.t) / (after.t - before.t)
  const x = arriving[0] + (leaving[0] - arriving[0]) * share
  const y = arriving[1] + (leaving[1] - arriving[1]) * share
  const limit = STEEPEST * Math.min(Math.hypot(...arriving), Math.hypot(...leaving))
  const speed = Math.hypot(x, y)
  const less = speed > limit ? limit / speed : 1
  return [x * less, y * less]
}

function between(a: Knot, b: Knot): [number, number] {
  return [(b.x - a.x) / (b.t - a.t), (b.y - a.y) / (b.t - a.t)]
}

/** Returns the cubic from a to b with slope da at the start and db at the end, at u in 0…1. */
function hermite(u: number, a: number, b: number, da: number, db: number): number {
  const bend = 3 * (b - a) - 2 * da - db
  const twist = 2 * (a - b) + da + db
  return a + u * (da + u * (bend + u * twist))
}
