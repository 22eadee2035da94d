import type { Movement } from '../math/movement.ts'
import { curveTo } from './recording.ts'
import type { Surface } from './surface.ts'

/**
 * A pen: turns movements into one smooth line per stroke. The line is made of quadratic curves from the midpoint of one
 * movement to the midpoint of the next, with the point between them as control point, so it is smooth at any size.
 *
 * Each piece starts with its own `moveTo`, so a sketch can stroke the pieces of one frame and continue in the next.
 */
export class Pen {
  x: number
  y: number
  /** Whether the next movement leaves ink: false at the start and after a movement that lifted the pen. */
  touches = false
  // where the ink ends: the midpoint of the last movement, or the start of the stroke
  #inkX: number
  #inkY: number

  /** Creates a pen held above the paper. */
  constructor(x = 0, y = 0) {
    this.x = x
    this.y = y
    this.#inkX = x
    this.#inkY = y
  }

  /**
   * Moves the pen, and draws if it touches the paper. `pen` = 1 lifts it after this movement.
   * @param movement in the units of the surface, not in model units
   * @param surface left out, the pen moves without drawing
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

  /** Lifts the pen and puts it elsewhere. A stroke in progress is drawn to its end first. */
  jump(x: number, y: number, surface?: Surface): void {
    if (this.touches) this.#draw(this.x, this.y, true, surface)
    this.x = this.#inkX = x
    this.y = this.#inkY = y
    this.touches = false
  }

  #draw(x: number, y: number, toTheEnd: boolean, surface: Surface | undefined): void {
    const middleX = (this.x + x) / 2
    const middleY = (this.y + y) / 2
    if (surface) {
      surface.moveTo(this.#inkX, this.#inkY)
      curveTo(surface, this.x, this.y, middleX, middleY)
      if (toTheEnd) surface.lineTo(x, y)
    }
    this.#inkX = middleX
    this.#inkY = middleY
  }
}
