import type { Movement } from '../math/movement.ts'
import { InkLine } from './ink-line.ts'
import type { InkPoint, Point } from './point.ts'
import { Resampler } from './resample.ts'
import { samplingFor } from './sampling.ts'
import { UNIT } from './size.ts'

// A dot gets a second point this far away, in sigmas, as in training.
const DOT = 0.04

/** A visitor's writing as movements, for one estimate of unit and stride. It only grows; for another estimate, create another one. */
export class Trajectory {
  /** in model units */
  readonly movements: Movement[] = []
  /** where the pen was after each movement, in pixels */
  readonly points: Point[] = []
  /** the number of movements before each stroke, and before each movement of the network */
  readonly starts: number[] = []
  readonly lines: InkLine[] = []
  readonly #sigma: number
  #resampler: Resampler | undefined // while the pen touches

  /**
   * @param unit pixels per model unit
   * @param stride milliseconds between points
   */
  constructor(
    readonly unit: number,
    readonly stride: number,
  ) {
    this.#sigma = unit / UNIT
  }

  /** The points that would remain if the pen were lifted now; none while it is lifted. */
  get ending(): Point[] {
    return this.#resampler?.ending() ?? []
  }

  /**
   * Starts a stroke.
   * @param ink at least one sample
   * @returns the denoised samples of the stroke: this array grows with it
   */
  begin(ink: readonly InkPoint[]): InkPoint[] {
    this.starts.push(this.movements.length)
    this.#resampler = new Resampler(samplingFor(this.stride, this.#sigma))
    const [start, ...points] = this.#resampler.add(ink) as [Point, ...Point[]]
    const from = this.points.at(-1) ?? start
    const startsLine = this.#line?.isLeftFor(start, this.#sigma)
    const to = startsLine ? (this.#line as InkLine).next(this.#sigma) : start
    if (!this.#line || startsLine) this.lines.push(new InkLine(start))
    this.#push(this.#movement(from, to), start)
    this.#line?.measure(start)
    this.#extend(points)
    return this.#resampler.denoised
  }

  /** Adds samples to the stroke. */
  add(ink: readonly InkPoint[]): void {
    if (this.#resampler) this.#extend(this.#resampler.add(ink))
  }

  /** Ends the stroke. */
  finish(): void {
    const points = this.#resampler?.finish() ?? []
    this.#resampler = undefined
    const { x, y } = this.points.at(-1) as Point
    const isDot = points.length === 0
    this.#extend(isDot ? [{ x: x + DOT * this.#sigma, y }] : points)
    const last = this.movements.at(-1) as Movement
    last[2] = 1
  }

  /** Adds a movement of the network, in model units. @param to where the pen is after it, in pixels */
  write([dx, dy, pen]: Readonly<Movement>, to: Point): void {
    this.starts.push(this.movements.length)
    const { x, y } = this.points.at(-1) ?? to
    const follows = Math.hypot(to.x - x - dx * this.unit, to.y - y - dy * this.unit) < this.unit
    if (!this.#line || !follows) this.lines.push(new InkLine(to))
    this.#push([dx, dy, pen], to)
  }

  get #line(): InkLine | undefined {
    return this.lines.at(-1)
  }

  #extend(points: readonly Point[]): void {
    for (const to of points) {
      const from = this.points.at(-1) as Point
      this.#push(this.#movement(from, to), to)
      this.#line?.measure(to, from)
    }
  }

  #movement(from: Point, to: Point): Movement {
    return [(to.x - from.x) / this.unit, (to.y - from.y) / this.unit, 0]
  }

  #push(movement: Movement, to: Point): void {
    this.movements.push(movement)
    this.points.push(to)
    this.#line?.extend(to)
  }
}
