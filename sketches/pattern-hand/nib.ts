import type { Surface } from 'longhand'
import { around, type Rect } from './rect.ts'

const PIECES = 5 // straight lines per curve

/**
 * A broad pen with a straight edge held at a fixed angle, as calligraphers do: lines along the edge are thin, lines across it are
 * as broad as the edge. It fills the area that the edge sweeps over.
 */
export class Nib implements Surface {
  readonly #context: CanvasRenderingContext2D
  readonly #edge: readonly [x: number, y: number]
  readonly #reach: number
  #x = 0
  #y = 0
  #swept: Rect | undefined

  /**
   * @param breadth, thickness of the edge, in the context's units
   * @param angle of the edge to the baseline, radians
   */
  constructor(context: CanvasRenderingContext2D, breadth: number, thickness: number, angle: number) {
    this.#context = context
    this.#edge = [(breadth / 2) * Math.cos(angle), (-breadth / 2) * Math.sin(angle)]
    this.#reach = breadth / 2 + thickness
    context.lineWidth = thickness
    context.lineJoin = context.lineCap = 'round'
  }

  moveTo(x: number, y: number): void {
    this.#x = x
    this.#y = y
  }

  lineTo(x: number, y: number): void {
    const [ex, ey] = this.#edge
    this.#context.beginPath()
    this.#context.moveTo(this.#x + ex, this.#y + ey)
    this.#context.lineTo(this.#x - ex, this.#y - ey)
    this.#context.lineTo(x - ex, y - ey)
    this.#context.lineTo(x + ex, y + ey)
    this.#context.closePath()
    this.#context.fill()
    this.#context.stroke() // covers sweeps without breadth, and seams
    const reach = this.#reach
    this.#swept = around(this.#swept, {
      left: Math.min(this.#x, x) - reach,
      top: Math.min(this.#y, y) - reach,
      right: Math.max(this.#x, x) + reach,
      bottom: Math.max(this.#y, y) + reach,
    })
    this.moveTo(x, y)
  }

  /** Returns the rectangle drawn since the last call. */
  takeSwept(): Rect | undefined {
    const swept = this.#swept
    this.#swept = undefined
    return swept
  }

  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void {
    const [fromX, fromY] = [this.#x, this.#y]
    for (let n = 1; n <= PIECES; n++) {
      const t = n / PIECES
      const s = 1 - t
      this.lineTo(s * s * fromX + 2 * s * t * controlX + t * t * x, s * s * fromY + 2 * s * t * controlY + t * t * y)
    }
  }
}
