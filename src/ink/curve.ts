import type { InkPoint, Point } from './point.ts'

/** How fast a hand writes. */
export interface Pace {
  /** milliseconds from one point to the next */
  stride: number
  /** pixels a millisecond: a pen slower than this rests, and its time hardly passes */
  rest: number
}

// The curve is drawn through samples this many strides apart or more: a fast device knows no more than a slow one.
const SPACING = 0.75
// No speed can be told from less time (ms).
const SHORTEST = 0.5
// A pen that was not heard of for longer (ms) has rested: even slow devices report more often while it moves.
const SILENCE = 50
// At a knot the curve is at most this times as fast as on the slower side of it: no loops where a pen comes to rest.
const STEEPEST = 3

/** A sample that the curve goes through. */
interface Knot extends Point {
  /** milliseconds since the stroke began, rests left out */
  t: number
}

/**
 * A smooth curve through the samples of one stroke, as they come in, and a point on it every `stride` milliseconds.
 *
 * It is a cubic in time (Hermite's) from one sample to the next that is about a stride later. The time of a pen that rests
 * stands still, so that neither a pause nor a repeated sample adds a point. The first and the last sample are always
 * points; the last step takes between a half and one and a half strides, so that none is very short.
 */
export class Curve {
  readonly #pace: Pace
  #knots: Knot[] = []
  #last: InkPoint | undefined
  #elapsed = 0 // from the last knot to the last sample, ms, rests left out
  #count = 0 // points given so far

  /** @param pace stride above 0 ms, rest above 0 pixels a ms; RangeError otherwise */
  constructor(pace: Pace) {
    for (const name of ['stride', 'rest'] as const)
      if (!(pace[name] > 0 && pace[name] < Number.POSITIVE_INFINITY))
        throw new RangeError(`Expected ${name} to be a finite number above 0, got ${pace[name]}.`)
    this.#pace = pace
  }

  /** Another one that has come as far. */
  copy(): Curve {
    const copy = new Curve(this.#pace)
    copy.#knots = this.#knots.slice()
    copy.#last = this.#last
    copy.#elapsed = this.#elapsed
    copy.#count = this.#count
    return copy
  }

  /** Takes samples and gives the points that no later sample can change: they are one or two strides behind the pen. */
  add(samples: readonly InkPoint[]): Point[] {
    const points: Point[] = []
    for (const sample of samples) {
      if (!this.#take(sample)) continue
      if (this.#count === 0) points.push(this.#at(this.#knots, this.#count++))
      // The next knot still bends the curve before the last one, and only half a stride later is a point not the last.
      const certain = this.#knots.at(-2)?.t ?? 0
      while ((this.#count + 0.5) * this.#pace.stride < certain) points.push(this.#at(this.#knots, this.#count++))
    }
    return points
  }

  /** The points still to come if the pen is lifted now, the last sample at their end. */
  ending(): Point[] {
    const last = this.#last
    const before = this.#knots.at(-1)
    if (!last || !before) return []
    const isKnot = this.#elapsed < SHORTEST // nearly
    const end = { x: last.x, y: last.y, t: before.t + (isKnot ? 0 : this.#elapsed) }
    const knots = [...(isKnot ? this.#knots.slice(0, -1) : this.#knots), end]
    const points: Point[] = []
    let count = this.#count
    while ((count + 0.5) * this.#pace.stride < end.t) points.push(this.#at(knots, count++))
    if (end.t > 0) points.push({ x: last.x, y: last.y })
    return points
  }

  /** @returns whether the curve goes on */
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
    this.#elapsed = Math.min(this.#elapsed + passed, distance / this.#pace.rest)
    if (this.#elapsed < SPACING * this.#pace.stride) return false
    this.#knots.push({ x: sample.x, y: sample.y, t: knot.t + this.#elapsed })
    this.#elapsed = 0
    return true
  }

  /** The curve after n strides. */
  #at(knots: readonly Knot[], n: number): Point {
    const t = n * this.#pace.stride
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

/** At a knot, that of the parabola through it and its neighbours; pixels a millisecond. */
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

/** The cubic from a to b that begins with slope da and ends with slope db, u in 0…1. */
function hermite(u: number, a: number, b: number, da: number, db: number): number {
  const bend = 3 * (b - a) - 2 * da - db
  const twist = 2 * (a - b) + da + db
  return a + u * (da + u * (bend + u * twist))
}
