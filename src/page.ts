import { Pen, type Surface } from './pen.ts'
import type { Movement } from './stroke.ts'

/** In pixels or millimetres: whatever the movements come in. */
export interface PageOptions {
  /** where lines begin, and where they ought to end; a word may run over a little */
  left: number
  right: number
  /** the height of the middle of the first line's small letters, and how low that of the last may be */
  top: number
  bottom: number
  lineHeight: number
  /** of a model unit: the model's scale factor */
  unit: number
  /** closer to the end of the line no new word is begun; a short word, 14 units, if left out */
  reserve?: number
  /** how far past the end the ink of one stroke may go; 8 units if left out */
  overrun?: number
}

// In model units; an x-height is about 2.7.
const WORD_GAP = 1.6 // a forward leap of the lifted pen past all that stands on the line, taken for a space
const RESERVE = 14
const OVERRUN = 8

// The level of a line is the running mean of its ink over about a word; it is drawn back to the rule gently enough that
// no letter is bent (a critically damped spring, by the movement).
const LEVEL_RATE = 1 / 120
const PULL = LEVEL_RATE / 4

/**
 * A page: it breaks the one endless line that a hand writes into lines of text, at a space where there is one, and keeps
 * them level, as a ruled page does. The network knows nothing of it, so that a page can be laid out anew from the
 * same movements when its size changes.
 */
export class Page {
  readonly pen: Pen
  /** the line that is being written, from 0 */
  line = 0
  /** nothing is written any more: the next line would be below the bottom */
  full = false
  readonly #options: PageOptions
  #level: number
  #inkRight: number

  constructor(options: PageOptions) {
    this.#options = options
    this.pen = new Pen(options.left, options.top)
    this.#level = options.top
    this.#inkRight = options.left
  }

  /** Writes one movement, on a new line where the old one is at its end. On a full page nothing happens. */
  write([dx, dy, pen]: Readonly<Movement>, surface?: Surface): void {
    if (this.full) return
    const { left } = this.#options
    const breaks = this.#isAtTheEnd(dx)
    if (breaks) this.#beginLine(surface)
    if (this.full) return

    const pull = PULL * (this.#level - this.#rule)
    // On a new line the leap that led to it is over.
    this.pen.move([breaks ? 0 : dx, dy - pull, pen], surface)
    if (this.pen.touches) {
      this.#level += LEVEL_RATE * (this.pen.y - this.#level)
      this.#inkRight = Math.max(this.#inkRight, this.pen.x, left)
    }
  }

  get #rule(): number {
    return this.#options.top + this.line * this.#options.lineHeight
  }

  #isAtTheEnd(dx: number): boolean {
    const { right, unit, reserve = RESERVE * unit, overrun = OVERRUN * unit } = this.#options
    const x = this.pen.x + dx
    if (this.pen.touches) return x > right + overrun
    if (dx <= 0) return false // back to a t that wants its bar
    return x > right || (x > right - reserve && x - this.#inkRight > WORD_GAP * unit)
  }

  #beginLine(surface: Surface | undefined): void {
    const { left, bottom, lineHeight } = this.#options
    const above = this.pen.y - this.#level
    if (this.#rule + lineHeight > bottom) {
      this.pen.jump(this.pen.x, this.pen.y, surface)
      this.full = true
      return
    }
    this.line++
    this.pen.jump(left, this.#rule + above, surface)
    this.#level = this.#rule
    this.#inkRight = left
  }
}
