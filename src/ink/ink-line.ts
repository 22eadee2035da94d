import type { Point } from './point.ts'

// All in sigmas (standard deviations of y; an x-height is about 1.5). In 280 recorded lines, fewer than one stroke in fifty
// begins farther away than this.
const BELOW = 2.6
const ABOVE = 4
const LEFT = 3
const RIGHT = 8
// The network knows a single endless line: in training, lines followed each other at 1.2 to 2.6 sigmas, and their first
// stroke began above the middle, on average by RISE.
const GAP = 1.9
const RISE = 0.84
// The level of the line is a running mean over about two letters, so that it follows a sloping line.
const LEVEL_RATE = 1 / 40
const STEEPEST_SLOPE = 0.15

/** A line of a visitor's writing: where it is and how tall its letters are. In pixels. */
export class InkLine {
  /** the number of measured points, and the total vertical travel of the pen on the page */
  count = 0
  travel = 0
  #level: number
  #left: number
  #right: number
  // sums of x, y, xx, xy, yy relative to the first point
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

  /** Extends the line to a point. */
  extend({ x, y }: Point): void {
    this.#level += (y - this.#level) * LEVEL_RATE
    this.#left = Math.min(this.#left, x)
    this.#right = Math.max(this.#right, x)
  }

  /**
   * Adds a point to the measurement of the height.
   * @param from the point before it on the same stroke
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

  /** Returns whether a stroke that starts here starts another line: below, far above, before the first letter, far ahead. */
  isLeftFor({ x, y }: Point, sigma: number): boolean {
    return (
      y > this.#level + BELOW * sigma ||
      y < this.#level - ABOVE * sigma ||
      x < this.#left - LEFT * sigma ||
      x > this.#right + RIGHT * sigma
    )
  }

  /** Returns where the next line starts if all lines follow each other on one endless line. */
  next(sigma: number): Point {
    return { x: this.#right + GAP * sigma, y: this.#level - RISE * sigma }
  }

  /** Σ (y − ȳ)² after removing the slope of the line (least squares, at most ±0.15). */
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
