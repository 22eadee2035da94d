import type { Movement } from '../paper/movement.ts'
import { InkLine } from './ink-line.ts'
import { paceOf } from './pace.ts'
import type { InkPoint, Point } from './point.ts'
import { Resampler } from './resample.ts'
import { UNIT } from './size.ts'

// A dot gets a second point so far away, in sigmas, as in training.
const DOT = 0.04

/** Writing as movements, in one unit and at one pace. It only grows: where those turn out wrong, it is made anew. */
export class Trajectory {
  /** in model units */
  readonly movements: Movement[] = []
  /** where on the paper the pen was after each movement */
  readonly points: Point[] = []
  /** how many movements came before each stroke, and before each movement that the network wrote */
  readonly starts: number[] = []
  readonly rows: InkLine[] = []
  readonly #sigma: number
  #resampler: Resampler | undefined // while the pen touches

  /**
   * @param unit pixels a model unit
   * @param stride milliseconds from one point to the next
   */
  constructor(
    readonly unit: number,
    readonly stride: number,
  ) {
    this.#sigma = unit / UNIT
  }

  /** The points that are still to come if the pen is lifted now; none while it is lifted. */
  get ending(): Point[] {
    return this.#resampler?.ending() ?? []
  }

  /** A stroke begins with this ink, at least one sample. Gives what is certain of its ink: that grows with the stroke. */
  begin(ink: readonly InkPoint[]): InkPoint[] {
    this.starts.push(this.movements.length)
    this.#resampler = new Resampler(paceOf(this.stride, this.#sigma))
    const [start, ...points] = this.#resampler.add(ink) as [Point, ...Point[]]
    const from = this.points.at(-1) ?? start
    const leaves = this.#row?.isLeftFor(start, this.#sigma)
    const to = leaves ? (this.#row as InkLine).next(this.#sigma) : start
    if (!this.#row || leaves) this.rows.push(new InkLine(start))
    this.#push(this.#movement(from, to), start)
    this.#row?.measure(start)
    this.#goOn(points)
    return this.#resampler.steadied
  }

  /** The stroke goes on. */
  add(ink: readonly InkPoint[]): void {
    if (this.#resampler) this.#goOn(this.#resampler.add(ink))
  }

  /** The stroke ends. */
  finish(): void {
    const points = this.#resampler?.finish() ?? []
    this.#resampler = undefined
    const { x, y } = this.points.at(-1) as Point
    const isDot = points.length === 0
    this.#goOn(isDot ? [{ x: x + DOT * this.#sigma, y }] : points)
    const last = this.movements.at(-1) as Movement
    last[2] = 1
  }

  /** The network wrote this movement in the hand's place; the pen is then at `to`. */
  write([dx, dy, pen]: Readonly<Movement>, to: Point): void {
    this.starts.push(this.movements.length)
    const { x, y } = this.points.at(-1) ?? to
    const follows = Math.hypot(to.x - x - dx * this.unit, to.y - y - dy * this.unit) < this.unit
    if (!this.#row || !follows) this.rows.push(new InkLine(to))
    this.#push([dx, dy, pen], to)
  }

  get #row(): InkLine | undefined {
    return this.rows.at(-1)
  }

  #goOn(points: readonly Point[]): void {
    for (const to of points) {
      const from = this.points.at(-1) as Point
      this.#push(this.#movement(from, to), to)
      this.#row?.measure(to, from)
    }
  }

  #movement(from: Point, to: Point): Movement {
    return [(to.x - from.x) / this.unit, (to.y - from.y) / this.unit, 0]
  }

  #push(movement: Movement, to: Point): void {
    this.movements.push(movement)
    this.points.push(to)
    this.#row?.extend(to)
  }
}
