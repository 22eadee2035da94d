import type { Surface } from './surface.ts'

const MOVE = 0
const LINE = 1
const CURVE = 2
const SIZE = [3, 3, 5] // numbers per call: its kind, then its coordinates

/** A surface that records what is drawn on it and draws it again, whole or in part, on another surface. */
export class Recording implements Surface {
  readonly #calls: number[] = []

  /** A mark for `replay`: everything recorded so far lies before it. */
  get end(): number {
    return this.#calls.length
  }

  moveTo(x: number, y: number): void {
    this.#calls.push(MOVE, x, y)
  }

  lineTo(x: number, y: number): void {
    this.#calls.push(LINE, x, y)
  }

  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void {
    this.#calls.push(CURVE, controlX, controlY, x, y)
  }

  /**
   * Draws what was recorded between two marks.
   * @param from, to values that `end` had at the time; left out, everything
   */
  replay(surface: Surface, from = 0, to = this.end): void {
    const calls = this.#calls
    for (let n = from; n < to; n += SIZE[calls[n]]) {
      const [x, y] = [calls[n + 1], calls[n + 2]]
      if (calls[n] === MOVE) surface.moveTo(x, y)
      else if (calls[n] === LINE) surface.lineTo(x, y)
      else curveTo(surface, x, y, calls[n + 3], calls[n + 4])
    }
  }
}

/** Draws a quadratic curve, or two straight lines through its control point on a surface without curves. */
export function curveTo(surface: Surface, controlX: number, controlY: number, x: number, y: number): void {
  if (surface.quadraticCurveTo) surface.quadraticCurveTo(controlX, controlY, x, y)
  else {
    surface.lineTo(controlX, controlY)
    surface.lineTo(x, y)
  }
}
