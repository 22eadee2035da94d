import { Manuscript, type Movement } from 'longhand'
import { windowPage } from '../frame/page-layout.ts'
import { Nib } from './nib.ts'
import type { Rect } from './rect.ts'

const UNIT = () => 2.4 + Math.sqrt(innerWidth * innerHeight) / 95 // pixels per model unit; a small letter is 2.7 units high
const NIB = { breadth: 0.85, thickness: 0.2, angle: 0.7 } // model units, and radians
const LONGEST = 20_000 // movements on a page

/** A page of letters written with a broad pen, on a canvas of its own. */
export class Letters {
  readonly canvas = document.createElement('canvas')
  readonly manuscript = new Manuscript(windowPage(UNIT()), LONGEST)
  #nib: Nib | undefined

  /** Width of the thinnest line, in pixels. */
  get strokeWidth(): number {
    return NIB.thickness * this.manuscript.layout.unit
  }

  write(movement: Movement): void {
    this.manuscript.add(movement, undefined, this.#nib)
  }

  /** Draws everything again in the window's size. @param density canvas pixels per CSS pixel */
  layOut(density: number): void {
    this.canvas.width = innerWidth * density
    this.canvas.height = innerHeight * density
    const context = this.canvas.getContext('2d') as CanvasRenderingContext2D
    context.scale(density, density)
    const unit = UNIT()
    this.manuscript.layOut(windowPage(unit))
    this.#nib = new Nib(context, NIB.breadth * unit, NIB.thickness * unit, NIB.angle)
    this.manuscript.draw(this.#nib)
  }

  /** Returns the box of what was written since the last call. */
  takeFresh(): Rect | undefined {
    return this.#nib?.takeSwept()
  }
}
