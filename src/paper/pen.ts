import type { Movement } from './movement.ts'

/** Anything that lines can be drawn on: a canvas context, an SVG, a plotter. Without curves the line is a polygon. */
export interface Surface {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  quadraticCurveTo?(controlX: number, controlY: number, x: number, y: number): void
}

/**
 * A pen: where it is and whether it touches. It turns movements into one smooth line a stroke: quadratic curves from the
 * middle of one movement to the middle of the next, each bent by the point between them, so that the line is smooth
 * however large it is drawn.
 *
 * Every piece begins with its own moveTo, so that a sketch may stroke what came in one frame and go on in the next.
 */
export class Pen {
  x: number
  y: number
  /** whether the next movement leaves ink: true unless the last one ended by lifting the pen */
  touches = false
  // where the ink ends: the middle of the last movement, or the point where the stroke began
  #inkX: number
  #inkY: number

  /** A pen held above the paper. */
  constructor(x = 0, y = 0) {
    this.x = x
    this.y = y
    this.#inkX = x
    this.#inkY = y
  }

  /**
   * Moves on, and draws if the pen touches. A movement's pen value lifts it after its point, and so rules the next one.
   * @param surface left out, the pen only moves
   */
  move([dx, dy, pen]: Readonly<Movement>, surface?: Surface): void {
    const x = this.x + dx
    const y = this.y + dy
    const lifts = pen > 0.5
    if (this.touches) this.#draw(x, y, lifts, surface)
    else [this.#inkX, this.#inkY] = [x, y]
    this.x = x
    this.y = y
    this.touches = !lifts
  }

  /** Lifts the pen and sets it down elsewhere; the line that was begun is drawn to its end. */
  jump(x: number, y: number, surface?: Surface): void {
    if (this.touches) this.#draw(this.x, this.y, true, surface)
    this.x = this.#inkX = x
    this.y = this.#inkY = y
    this.touches = false
  }

  #draw(x: number, y: number, toTheEnd: boolean, surface: Surface | undefined): void {
    const middleX = (this.x + x) / 2
    const middleY = (this.y + y) / 2
    surface?.moveTo(this.#inkX, this.#inkY)
    if (surface?.quadraticCurveTo) surface.quadraticCurveTo(this.x, this.y, middleX, middleY)
    else {
      surface?.lineTo(this.x, this.y)
      surface?.lineTo(middleX, middleY)
    }
    if (toTheEnd) surface?.lineTo(x, y)
    this.#inkX = middleX
    this.#inkY = middleY
  }
}
