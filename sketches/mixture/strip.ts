import { type FreeHand, type Movement, Page } from 'longhand'
import { palette, printPalette } from '../frame/palette.ts'
import { sheetSvg } from '../frame/sheet.ts'
import type { Box } from './layout.ts'

const LONGEST = 2000 // movements, should the hand go round in circles
const WEIGHT = 0.26 // of the line, in model units

/** One line of writing across the page, that can be laid out anew. */
export class Strip {
  movements: Movement[] = [] // in model units, as the network wrote them
  #size = 1 // how much larger they are drawn
  #offset = 0 // how far below its level the line begins, in model units
  #box: Box
  #unit: number
  #page: Page
  #ink = new Path2D()

  /** @param unit pixels a model unit */
  constructor(box: Box, unit: number) {
    this.#box = box
    this.#unit = unit
    this.#page = new Page(this.#options)
  }

  get full(): boolean {
    return this.#page.full || this.movements.length > LONGEST
  }

  /** Lays it out anew. */
  rule(box: Box, unit: number): void {
    this.#box = box
    this.#unit = unit
    this.#page = new Page(this.#options)
    this.#ink = new Path2D()
    for (const movement of this.movements) this.#draw(movement)
  }

  clear(): void {
    this.movements = []
    this.rule(this.#box, this.#unit)
  }

  /** A new line, in the size of a hand and at its level. */
  begin({ size, offset }: FreeHand): void {
    this.#size = size
    this.#offset = offset
    this.clear()
  }

  write([dx, dy, pen]: Movement): void {
    const movement: Movement = [dx, this.movements.length === 0 ? dy + this.#offset : dy, pen]
    this.movements.push(movement)
    this.#draw(movement)
  }

  /** @param reach model units around the pen that the lens shows */
  draw(context: CanvasRenderingContext2D, reach: number): void {
    const { ink, accent } = palette()
    context.lineCap = context.lineJoin = 'round'
    context.strokeStyle = ink
    context.lineWidth = WEIGHT * this.#unit
    context.stroke(this.#ink)
    const { x, y } = this.#page.pen
    context.strokeStyle = accent
    context.lineWidth = 1.5
    context.beginPath()
    context.arc(x, y, Math.max(6, reach * this.#size * this.#unit), 0, 2 * Math.PI)
    context.stroke()
  }

  /** As a file for a plotter. */
  svg(seed: number): string {
    const { ink } = printPalette()
    const sized = this.movements.map(([dx, dy, pen]): Movement => [this.#size * dx, this.#size * dy, pen])
    return sheetSvg(sized, this.#options, WEIGHT * this.#unit, () => ink, `longhand, seed ${seed}`)
  }

  get #options() {
    const { x, y, width, height } = this.#box
    const middle = y + height / 2
    return { left: x, right: x + width, top: middle, bottom: middle, lineHeight: height, unit: this.#unit }
  }

  #draw([dx, dy, pen]: Movement): void {
    const scale = this.#size * this.#unit
    this.#page.write([dx * scale, dy * scale, pen], this.#ink)
  }
}
