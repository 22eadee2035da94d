import { type FreeHand, Manuscript, type Movement } from 'longhand'
import { manuscriptSvg } from '../frame/manuscript-svg.ts'
import { atLeastOneUnitWide } from '../frame/page-layout.ts'
import { palette } from '../frame/palette.ts'
import type { Box } from './layout.ts'

const LONGEST = 2000 // movements, in case the writing goes in circles
const WEIGHT = 0.26 // stroke width, in model units

/** The line of writing across the top of the page. */
export class TopLine {
  readonly #manuscript: Manuscript<Movement> // tagged with the movement as the network wrote it, unscaled
  #size = 1 // by how much the network's writing is scaled
  #offset = 0 // how far below its level the line begins, in model units
  #ink = new Path2D()

  /** @param unit pixels per model unit */
  constructor(box: Box, unit: number) {
    this.#manuscript = new Manuscript(pageOf(box, unit), LONGEST)
  }

  /** The movements as the network wrote them, in model units. */
  get movements(): readonly Movement[] {
    return this.#manuscript.tags
  }

  get full(): boolean {
    return this.#manuscript.full
  }

  layOut(box: Box, unit: number): void {
    this.#manuscript.layOut(pageOf(box, unit))
    this.#redraw()
  }

  clear(): void {
    this.#manuscript.clear()
    this.#redraw()
  }

  /** Starts a new line, in the size and at the level of a hand. */
  begin({ size, offset }: FreeHand): void {
    this.#size = size
    this.#offset = offset
    this.clear()
  }

  write([dx, dy, pen]: Movement): void {
    const size = this.#size
    const movement: Movement = [dx, this.#manuscript.length === 0 ? dy + this.#offset : dy, pen]
    this.#manuscript.add([size * movement[0], size * movement[1], pen], movement, this.#ink)
  }

  /** @param reach model units around the pen that the lens shows */
  draw(context: CanvasRenderingContext2D, reach: number): void {
    const { ink, accent } = palette()
    const { unit } = this.#manuscript.layout
    context.lineCap = context.lineJoin = 'round'
    context.strokeStyle = ink
    context.lineWidth = WEIGHT * unit
    context.stroke(this.#ink)
    const { x, y } = this.#manuscript.pen
    context.strokeStyle = accent
    context.lineWidth = 1.5
    context.beginPath()
    context.arc(x, y, Math.max(6, reach * this.#size * unit), 0, 2 * Math.PI)
    context.stroke()
  }

  svg(seed: number): string {
    return manuscriptSvg(this.#manuscript, WEIGHT * this.#manuscript.layout.unit, seed, (_, { ink }) => ink)
  }

  #redraw(): void {
    this.#ink = new Path2D()
    this.#manuscript.draw(this.#ink)
  }
}

function pageOf({ x, y, width, height }: Box, unit: number) {
  const middle = y + height / 2
  return {
    left: x,
    right: atLeastOneUnitWide(x, x + width, unit),
    top: middle,
    bottom: middle,
    lineHeight: height,
    unit,
  }
}
