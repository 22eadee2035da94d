import { checkMovement, type Movement } from './movement.ts'
import { Pen, type Surface } from './pen.ts'

/** In pixels or millimetres: whatever the movements come in. */
export interface PageOptions {
  /** where lines begin, and where they ought to end; a word may run over a little */
  left: number
  right: number
  /** the height of the middle of the first line's small letters, and how low that of the last may be; there is always one */
  top: number
  bottom: number
  lineHeight: number
  /** of a model unit: the model's scale factor */
  unit: number
  /**
   * how far ink may go to the left and right of the lines, and above and below half a line height around them; whatever
   * the hand is about, it goes no farther. Left out, 8 model units.
   */
  overrun?: number
}

// In model units; an x-height is about 2.7.
const WORD_GAP = 1.6 // a forward leap of the lifted pen past all that stands on the line, taken for a space
const RESERVE = 18 // a word of middling length: closer to the end of the line no new one is begun,
const LARGEST_RESERVE = 1 / 8 // but narrow lines are filled this far
const OVERRUN = 8

// The level of a line is the running mean of its ink, over some three letters.
const LEVEL_RATE = 1 / 40

// A lifted pen that goes on to the next letter sets it down nearer to the rule, as the eye of a writer does, and nothing
// bends at all. Going back, for a dot or a bar, it keeps to the letter that wants it.
const LOOK = 0.6 // of the way

// Where the pen is not lifted the level is drawn to the rule, and the hand's lasting climb or fall is learnt and taken
// away, both gently enough that no letter is bent (a critically damped spring, by the movement).
const PULL = 1 / 180
const LEARN = PULL ** 2 / 4

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
  readonly #options: Required<PageOptions>
  #level: number
  #drift = 0 // what the level would change by every movement, were it let
  #inkRight: number
  #blank = true // no ink on this line yet
  #falls = false // whether the pen's last movement went down

  /** RangeError unless all options are finite, and unit and lineHeight above 0. */
  constructor({ overrun, ...options }: PageOptions) {
    const { top, bottom, unit } = options
    this.#options = checked({ ...options, bottom: Math.max(top, bottom), overrun: overrun ?? OVERRUN * unit })
    this.pen = new Pen(options.left, options.top)
    this.#level = options.top
    this.#inkRight = options.left
  }

  /**
   * Writes one movement, on a new line where the old one is at its end. On a full page nothing happens.
   * @param movement TypeError or RangeError for what is none
   */
  write(movement: Readonly<Movement>, surface?: Surface): void {
    if (this.full) return
    checkMovement(movement)
    const [dx, dy, pen] = movement
    if (this.#isAtTheEnd(dx, dy)) this.#beginLine(surface)
    if (this.full) return

    const { left, right, top, bottom, lineHeight, overrun } = this.#options
    const offset = this.#level - this.#rule
    this.#drift += LEARN * offset
    const beyond = lineHeight / 2 + overrun
    // The leap that leads to a line is none on it.
    const x = this.pen.x + (this.#blank && !this.pen.touches ? 0 : dx)
    const goesOn = !this.pen.touches && !this.#blank && dx > 0
    const look = goesOn ? LOOK * offset : 0
    this.#level -= look
    const y = this.pen.y + dy - look - PULL * offset - this.#drift
    this.pen.move(
      [
        within(left - overrun, x, right + overrun) - this.pen.x,
        within(top - beyond, y, bottom + beyond) - this.pen.y,
        pen,
      ],
      surface,
    )
    this.#falls = dy > 0
    if (this.pen.touches) {
      this.#blank = false
      this.#level += LEVEL_RATE * (this.pen.y - this.#level)
      this.#inkRight = Math.max(this.#inkRight, this.pen.x, left)
    }
  }

  get #rule(): number {
    return this.#options.top + this.line * this.#options.lineHeight
  }

  #isAtTheEnd(dx: number, dy: number): boolean {
    const { left, right, unit, overrun } = this.#options
    const x = this.pen.x + dx
    if (this.pen.touches) {
      // Joined letters end in a valley: the pen has come down, and goes on and up.
      const inValley = this.#falls && dy <= 0 && dx > 0 && this.pen.y > this.#level
      return x > right + (inValley ? 0 : overrun)
    }
    if (dx <= 0) return false // back to a t that wants its bar
    const reserve = Math.min(RESERVE * unit, LARGEST_RESERVE * (right - left))
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
    this.#blank = true
  }
}

function checked(options: Required<PageOptions>): Required<PageOptions> {
  for (const name of ['left', 'right', 'top', 'bottom', 'unit', 'lineHeight', 'overrun'] as const)
    if (!Number.isFinite(options[name]))
      throw new RangeError(`Expected ${name} to be a finite number, got ${String(options[name])}.`)
  for (const name of ['unit', 'lineHeight'] as const)
    if (options[name] <= 0) throw new RangeError(`Expected ${name} to be a number above 0, got ${options[name]}.`)
  return options
}

function within(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
