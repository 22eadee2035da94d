import { type Movement, Pen, type Surface } from 'longhand'
import type { Line } from '../frame/written-line.ts'

/**
 * All hairs of a line: each is a path that the network could have taken from one of its points. They are stored in a few long
 * arrays, because tens of thousands of objects would fill the memory; the arrays are allocated once and reused for every line.
 */
export class Hairs {
  readonly #length: number
  readonly #roots: Uint16Array
  readonly #right: Uint8Array
  readonly #ends: Uint32Array // (1 + most): the movements of hair n are from entry n to entry n + 1
  readonly #movements: Float32Array // (dx, dy) of each movement, model units
  #count = 0

  /**
   * @param most capacity, in hairs
   * @param length of the longest hair, in movements
   */
  constructor(most: number, length: number) {
    this.#length = length
    this.#roots = new Uint16Array(most)
    this.#right = new Uint8Array(most)
    this.#ends = new Uint32Array(1 + most)
    this.#movements = new Float32Array(2 * most * length)
  }

  get count(): number {
    return this.#count
  }

  /** The remaining capacity. */
  get room(): number {
    return this.#roots.length - this.#count
  }

  /**
   * Adds a hair.
   * @param root index of the point it grows from, below 2¹⁶
   * @param right whether it veers to the right of what was written, or to the left
   * @param movements in model units
   * @throws RangeError when full, or for a hair that is too long
   */
  add(root: number, right: boolean, movements: readonly Movement[]): void {
    if (this.room === 0 || movements.length > this.#length)
      throw new RangeError(
        `Expected at most ${this.#roots.length} hairs of ${this.#length} movements, got hair ${this.#count + 1} of ${movements.length}.`,
      )
    const n = this.#count++
    let end = this.#ends[n]
    for (const [dx, dy] of movements) this.#movements.set([dx, dy], 2 * end++)
    this.#roots[n] = root
    this.#right[n] = Number(right)
    this.#ends[n + 1] = end
  }

  clear(): void {
    this.#count = 0
  }

  /** Returns whether hair n veers to the right. */
  isRight(n: number): boolean {
    return this.#right[n] === 1
  }

  /** Returns the number of movements of hair n. */
  length(n: number): number {
    return this.#ends[n + 1] - this.#ends[n]
  }

  /** Returns a pen that touches at the root of hair n; undefined if the line does not reach that far on a smaller page. */
  penOf(n: number, { points }: Line): Pen | undefined {
    const root = points[this.#roots[n]]
    if (!root) return undefined
    const pen = new Pen(root.x, root.y)
    pen.touches = true
    return pen
  }

  /** Moves its pen by one movement, and lifts it at the tip. @param unit pixels per model unit */
  extend(n: number, movement: number, pen: Pen, unit: number, surface: Surface): void {
    const at = 2 * (this.#ends[n] + movement)
    const lifts = movement === this.length(n) - 1 ? 1 : 0
    pen.move([unit * this.#movements[at], unit * this.#movements[at + 1], lifts], surface)
  }

  /** Draws all of hair n, if its root is on the page. */
  trace(n: number, line: Line, surface: Surface): void {
    const pen = this.penOf(n, line)
    if (!pen) return
    for (let movement = 0; movement < this.length(n); movement++) this.extend(n, movement, pen, line.unit, surface)
  }
}
