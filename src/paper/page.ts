import { clamp } from '../math/clamp.ts'
import { checkMovement, type Movement } from '../math/movement.ts'
import { Pen } from './pen.ts'
import type { Surface } from './surface.ts'

/** The layout of a page, in pixels or millimeters: the units of the surface it is drawn on. */
export interface PageOptions {
  /** where lines begin, and where they should end; a word may run over a little */
  left: number
  right: number
  /**
   * the height of the first line, and the lowest allowed for the last; there is always one line. The height of a line is the
   * vertical middle of its small letters, or its baseline where the writing is already `level`.
   */
  top: number
  bottom: number
  /** the distance between two lines */
  lineHeight: number
  /** the size of a model unit; an x-height is about 2.7 model units */
  unit: number
  /**
   * how far ink may go beyond the margins left and right, and beyond half a line height above and below the lines.
   * A hard limit, whatever the network writes. Default: 8 model units.
   */
  overrun?: number
  /**
   * whether the writing keeps to its baseline by itself, as that of a text network does. It then starts on the height of the
   * line, and stays as it was written. Default: false, and baseline drift is removed.
   */
  level?: boolean
}

// In model units; an x-height is about 2.7.
const WORD_GAP = 1.6 // a lifted pen that lands at least this far right of all ink on the line has made a space
const RESERVE = 18 // a word of average length: closer to the end of the line, no new word begins,
const LARGEST_RESERVE = 1 / 8 // but a narrow line is filled at least this far
const OVERRUN = 8

// The level of a line is the running mean height of its ink, over about three letters.
const LEVEL_RATE = 1 / 40

// A lifted pen that moves right to the next letter lands closer to the ruled line, as a writer would correct it.
// Nothing is bent. When it moves left, for a dot or a bar, it stays with its letter.
const LANDING_CORRECTION = 0.6 // share of the level's offset

// While the pen touches, the level is drawn to the ruled line and steady baseline drift is learned and removed, both too
// gently to bend a letter: a critically damped spring, per movement.
const PULL = 1 / 180
const LEARN = PULL ** 2 / 4

/**
 * A page: breaks the one endless line that a network writes into lines of text, at spaces where possible, and removes
 * baseline drift. It takes movements in model units and draws in the units of the surface. The network is not involved, so
 * the same movements can be laid out again on a page of another size (see `Manuscript`).
 */
export class Page {
  readonly pen: Pen
  /** the line being written, from 0 */
  line = 0
  /** true once the next line would be below the bottom; nothing is written from then on */
  full = false
  readonly #options: Required<PageOptions>
  #level: number
  #drift = 0 // per movement
  #inkRight: number
  #blank = true // no ink on this line yet
  #falls = false // whether the last movement went down

  /** @throws RangeError unless all options are finite, unit and lineHeight are above 0, and left is less than right */
  constructor(options: PageOptions) {
    this.#options = checkOptions(options)
    const { left, top } = this.#options
    this.pen = new Pen(left, top)
    this.#level = top
    this.#inkRight = left
  }

  /**
   * Writes one movement, on a new line if the current one has reached its end. Does nothing on a full page.
   * @param movement in model units; TypeError or RangeError unless it is three finite numbers
   * @param surface left out, the pen moves without drawing
   * @param canBreak false inside a word that has to stay whole
   */
  write(movement: Readonly<Movement>, surface?: Surface, canBreak = true): void {
    if (this.full) return
    checkMovement(movement)
    const { left, right, top, bottom, lineHeight, overrun, unit, level } = this.#options
    const dx = movement[0] * unit
    const dy = movement[1] * unit
    if (canBreak && this.#isLineEnd(dx, dy)) this.breakLine(surface, true)
    if (this.full) return

    const offset = level ? 0 : this.#level - this.#rule
    this.#drift += LEARN * offset
    const beyond = lineHeight / 2 + overrun
    // The first movement of a line leads to its first letter: the line begins at the margin.
    const x = this.pen.x + (this.#blank && !this.pen.touches ? 0 : dx)
    const landsOnNextLetter = !this.pen.touches && !this.#blank && dx > 0
    const correction = landsOnNextLetter ? LANDING_CORRECTION * offset : 0
    this.#level -= correction
    const y = this.pen.y + dy - correction - PULL * offset - this.#drift
    this.pen.move(
      [
        clamp(x, left - overrun, right + overrun) - this.pen.x,
        clamp(y, top - beyond, bottom + beyond) - this.pen.y,
        movement[2],
      ],
      surface,
    )
    this.#falls = dy > 0
    if (this.pen.touches) {
      this.#blank = false
      if (!level) this.#level += LEVEL_RATE * (this.pen.y - this.#level)
      this.#inkRight = Math.max(this.#inkRight, this.pen.x, left)
    }
  }

  /** Whether movements fit on what is left of the line. */
  fits(movements: readonly Readonly<Movement>[]): boolean {
    const { right, unit } = this.#options
    let { x } = this.pen
    return movements.every(([dx], n) => {
      x += n === 0 && this.#blank && !this.pen.touches ? 0 : dx * unit
      return x <= right
    })
  }

  /** Whether nothing has been written on the line yet. */
  get blank(): boolean {
    return this.#blank
  }

  /**
   * Starts a new line. Behind the last line, the page is full.
   * @param keepHeight true: the pen stays as high above or below the line as it was, in the middle of a text; otherwise it
   *   starts on the height of the line
   */
  breakLine(surface?: Surface, keepHeight = false): void {
    if (this.full) return
    const { left, bottom, lineHeight } = this.#options
    const above = keepHeight ? this.pen.y - this.#level : 0
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

  get #rule(): number {
    return this.#options.top + this.line * this.#options.lineHeight
  }

  #isLineEnd(dx: number, dy: number): boolean {
    const { left, right, unit, overrun } = this.#options
    const x = this.pen.x + dx
    if (this.pen.touches) {
      // Joined letters end in a valley, where a falling pen turns right and up: the best place to break.
      const inValley = this.#falls && dy <= 0 && dx > 0 && this.pen.y > this.#level
      return x > right + (inValley ? 0 : overrun)
    }
    if (dx <= 0) return false // going back to dot an i or cross a t
    const reserve = Math.min(RESERVE * unit, LARGEST_RESERVE * (right - left))
    return x > right || (x > right - reserve && x - this.#inkRight > WORD_GAP * unit)
  }
}

function checkOptions(options: PageOptions): Required<PageOptions> {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`Expected page options { left, right, top, bottom, lineHeight, unit }, got ${String(options)}.`)
  for (const name of ['left', 'right', 'top', 'bottom', 'unit', 'lineHeight', 'overrun'] as const) {
    const value = options[name]
    if (!Number.isFinite(value) && !(name === 'overrun' && value === undefined))
      throw new RangeError(`Expected ${name} to be a finite number, got ${String(value)}.`)
  }
  for (const name of ['unit', 'lineHeight'] as const)
    if (options[name] <= 0) throw new RangeError(`Expected ${name} to be a number above 0, got ${options[name]}.`)
  const { left, right, top, bottom, unit, overrun = OVERRUN * unit, level = false } = options
  if (left >= right) throw new RangeError(`Expected left to be less than right, got left ${left} and right ${right}.`)
  return { ...options, bottom: Math.max(top, bottom), overrun, level }
}
