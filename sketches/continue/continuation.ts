import { type Movement, Page, type Point, type VisitorInk } from 'longhand'
import { panelTop } from '../frame/controls.ts'
import type { InkDrawing } from '../frame/ink-drawing.ts'

// In model units; an x-height is about 2.7.
const LINE_HEIGHT = 9.5
const OVERRUN = 3 // how far ink may pass the end of a line
const SAME_LINE = 5 // ink farther above or below than this is on another line
const NARROW = 0.45 // of the page: a line that starts further right than this continues at the left margin
const PRESSURE = 0.45
const RECENT = 80 // movements that determine the level of the line

/** The network's continuation of the visitor's line, and of the lines below it. */
export class Continuation {
  readonly #ink: VisitorInk
  readonly #drawing: InkDrawing
  readonly #page: Page
  readonly #isHidden: boolean
  #movements = 0
  #touches = false

  constructor(ink: VisitorInk, drawing: InkDrawing) {
    this.#ink = ink
    this.#drawing = drawing
    const { points, unit } = ink
    const { level, left } = lineOf(points, unit)
    const width = innerWidth / drawing.scale
    const margin = Math.max(24, 0.09 * width)
    const floor = panelTop() / drawing.scale
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
    // An invisible dot tells the page that there is ink up to here.
    this.#page.write([0, 0, 0])
    this.#page.write([0, 0, 1])
  }

  /** The number of movements written. */
  get movements(): number {
    return this.#movements
  }

  /** Whether the pen touches the page. */
  get touches(): boolean {
    return this.#touches
  }

  /** Whether there is no room left: for another line, or for this one above the panel. */
  get full(): boolean {
    return this.#page.full || this.#isHidden
  }

  /** Writes one movement, in model units. */
  write(movement: Readonly<Movement>, context: CanvasRenderingContext2D, color: string): void {
    const page = this.#page
    const { line } = page
    const pen = movement[2]
    page.write(movement)
    if (page.full) return
    if (this.#movements === 0) this.#drawing.takeTurn('network')
    const t = this.#movements++ * this.#ink.stride
    const point = { x: page.pen.x, y: page.pen.y, t, pressure: PRESSURE }
    this.#ink.wrote(movement, point)
    if (this.#touches && page.line === line) this.#drawing.extend(context, color, [point])
    else if (pen === 0) this.#drawing.begin(context, color, 'network', point)
    if (this.#touches && pen === 1) this.#drawing.end(context, color)
    this.#touches = pen === 0
  }
}

/** Returns the level and the left end of the last line of some writing. */
function lineOf(points: readonly Point[], unit: number): { level: number; left: number } {
  let level = (points.at(-1) as Point).y
  let left = Number.POSITIVE_INFINITY
  for (let n = points.length - 1, count = 1; n >= 0; n--, count++) {
    const { x, y } = points[n]
    if (Math.abs(y - level) > SAME_LINE * unit) break
    if (count <= RECENT) level += (y - level) / count
    left = Math.min(left, x)
  }
  return { level, left }
}
