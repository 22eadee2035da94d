import type { Point } from './point.ts'

// All in sigmas (the standard deviation of y; an x-height is about 1.5 of them). In 280 recorded lines fewer than one stroke
// in fifty begins farther away than this.
const BELOW = 2.6
const ABOVE = 4
const LEFT = 3
const RIGHT = 8
// The network knows one endless line only: its training set rows 1.2 to 2.6 sigmas apart. Where a stroke begins, the
// first of a row on average, above the middle.
const GAP = 1.9
const RISE = 0.84
// The middle of the line where the hand is now: the mean over about two letters, so that it follows a sloping line.
const LEVEL_RATE = 1 / 40
const STEEPEST_SLOPE = 0.15

/** A line of writing on the paper: where it stands, and how tall it is. In pixels. */
export class InkLine {
  /** the number of measured points, and the way that the pen went up and down on the paper */
  count = 0
  travel = 0
  #level: number
  #left: number
  #right: number
  // The sums of x, y, xx, xy, yy about the first point.
  readonly #origin: Point
  #x = 0
  #y = 0
  #xx = 0
  #xy = 0
  #yy = 0

  constructor({ x, y }: Point) {
    this.#origin = { x, y }
    this.#level = y
    this.#left = x
    this.#right = x
  }

  /** The row reaches this point as well. */
  extend({ x, y }: Point): void {
    this.#level += (y - this.#level) * LEVEL_RATE
    this.#left = Math.min(this.#left, x)
    this.#right = Math.max(this.#right, x)
  }

  /**
   * The point says how tall the row is.
   * @param from the point before on the same stroke
   */
  measure(point: Point, from?: Point): void {
    this.count++
    if (from) this.travel += Math.abs(point.y - from.y)
    const x = point.x - this.#origin.x
    const y = point.y - this.#origin.y
    this.#x += x
    this.#y += y
    this.#xx += x * x
    this.#xy += x * y
    this.#yy += y * y
  }

  /** Whether a stroke that begins there begins another row: below, far above, before the first letter, far ahead. */
  isLeftFor({ x, y }: Point, sigma: number): boolean {
    return (
      y > this.#level + BELOW * sigma ||
      y < this.#level - ABOVE * sigma ||
      x < this.#left - LEFT * sigma ||
      x > this.#right + RIGHT * sigma
    )
  }

  /** Where the next row begins if all rows stand on one endless line. */
  next(sigma: number): Point {
    return { x: this.#right + GAP * sigma, y: this.#level - RISE * sigma }
  }

  /** Σ (y − ȳ)² after the row's slope (least squares, at most ±0.15) is removed. */
  get squares(): number {
    const n = this.count
    if (n === 0) return 0
    const xx = this.#xx - this.#x ** 2 / n
    const xy = this.#xy - (this.#x * this.#y) / n
    const yy = this.#yy - this.#y ** 2 / n
    const slope = xx > 0 ? Math.min(Math.max(xy / xx, -STEEPEST_SLOPE), STEEPEST_SLOPE) : 0
    return Math.max(yy - 2 * slope * xy + slope * slope * xx, 0)
  }
}
