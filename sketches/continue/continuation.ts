import { type Movement, Page, type Point, type VisitorInk } from 'longhand'
import { panelTop } from '../frame/knobs.ts'
import type { Paper } from '../frame/paper.ts'

// In model units; an x-height is about 2.7.
const LINE_HEIGHT = 9.5
const OVERRUN = 3 // how far past the end of a line ink may go
const ROW = 5 // ink that is farther up or down than this from the rest of a line stands on another
const NARROW = 0.45 // of the sheet: a line that begins so far to the right goes on at the left margin
const PRESSURE = 0.45 // a light hand
const RECENT = 80 // movements from which the level of the line is found

/** The network's hand: it goes on on the visitor's line, and at the right margin below where that line begins. */
export class Continuation {
  readonly #writer: VisitorInk
  readonly #paper: Paper
  readonly #page: Page
  readonly #isHidden: boolean
  #movements = 0
  #touches = false

  constructor(writer: VisitorInk, paper: Paper) {
    this.#writer = writer
    this.#paper = paper
    const { points, unit } = writer
    const { level, left } = lineOf(points, unit)
    const width = innerWidth / paper.scale
    const margin = Math.max(24, 0.09 * width)
    const floor = panelTop() / paper.scale
    this.#isHidden = level > floor
    this.#page = new Page({
      left: left < NARROW * width ? left : margin,
      right: width - (OVERRUN + 2) * unit,
      top: level,
      bottom: floor - 4.5 * unit, // room for descenders
      lineHeight: LINE_HEIGHT * unit,
      unit,
      overrun: OVERRUN * unit,
    })
    const { x, y } = points.at(-1) as Point
    this.#page.pen.jump(x, y)
    // A dot that nobody sees tells the page that there is ink up to here.
    this.#page.write([0, 0, 0])
    this.#page.write([0, 0, 1])
  }

  /** How many movements it has made. */
  get movements(): number {
    return this.#movements
  }

  /** Whether the pen is on the paper. */
  get touches(): boolean {
    return this.#touches
  }

  /** There is no room for another line, or none for this one, beside the panel. */
  get full(): boolean {
    return this.#page.full || this.#isHidden
  }

  /** @param movement in model units */
  write(movement: Readonly<Movement>, context: CanvasRenderingContext2D, color: string): void {
    const page = this.#page
    const { line } = page
    const pen = movement[2]
    page.write(movement)
    if (page.full) return
    if (this.#movements === 0) this.#paper.takeTurn('network')
    const t = this.#movements++ * this.#writer.stride
    const point = { x: page.pen.x, y: page.pen.y, t, pressure: PRESSURE }
    this.#writer.wrote(movement, point)
    if (this.#touches && page.line === line) this.#paper.extend(context, color, [point])
    else if (pen === 0) this.#paper.begin(context, color, 'network', point)
    if (this.#touches && pen === 1) this.#paper.end(context, color)
    this.#touches = pen === 0
  }
}

/** The last line of some writing: the mean height of its ink, and where it begins. */
function lineOf(points: readonly Point[], unit: number): { level: number; left: number } {
  let level = (points.at(-1) as Point).y
  let left = Number.POSITIVE_INFINITY
  for (let n = points.length - 1, count = 1; n >= 0; n--, count++) {
    const { x, y } = points[n]
    if (Math.abs(y - level) > ROW * unit) break
    if (count <= RECENT) level += (y - level) / count
    left = Math.min(left, x)
  }
  return { level, left }
}
