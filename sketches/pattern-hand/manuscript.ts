import { type Movement, Page } from 'longhand'
import { windowSheet } from '../frame/sheet.ts'
import type { Box } from './box.ts'
import { Nib } from './nib.ts'

const UNIT = () => 2.4 + Math.sqrt(innerWidth * innerHeight) / 95 // pixels a model unit; a small letter is 2.7 of them high
const NIB = { breadth: 0.85, thickness: 0.2, angle: 0.7 } // model units, and radians
const LONGEST = 20_000 // movements on a page, whatever the hand is about

/** A page of broad letters, on a canvas of their own. */
export class Manuscript {
  readonly canvas = document.createElement('canvas')
  /** of this page, in model units: it is laid out anew from them when the window changes */
  movements: Movement[] = []
  #page = new Page(windowSheet(UNIT()))
  #nib: Nib | undefined

  /** how the page lies in the window, and how thick its thinnest line is; for a file */
  get sheet() {
    const unit = UNIT()
    return { options: windowSheet(unit), weight: NIB.thickness * unit }
  }

  get full(): boolean {
    return this.#page.full || this.movements.length > LONGEST
  }

  get line(): number {
    return this.#page.line
  }

  write(movement: Movement): void {
    this.movements.push(movement)
    this.#ink(movement)
  }

  /** A clean sheet in the window's size, and on it what the page holds so far. @param density canvas pixels a CSS pixel */
  layOut(density: number): void {
    this.canvas.width = innerWidth * density
    this.canvas.height = innerHeight * density
    const context = this.canvas.getContext('2d') as CanvasRenderingContext2D
    context.scale(density, density)
    const unit = UNIT()
    this.#page = new Page(windowSheet(unit))
    this.#nib = new Nib(context, NIB.breadth * unit, NIB.thickness * unit, NIB.angle)
    for (const movement of this.movements) this.#ink(movement)
  }

  /** Where letters have come since this was last asked. */
  takeFresh(): Box | undefined {
    return this.#nib?.takeSwept()
  }

  #ink([dx, dy, pen]: Movement): void {
    const unit = UNIT()
    this.#page.write([dx * unit, dy * unit, pen], this.#nib as Nib)
  }
}
