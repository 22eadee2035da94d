import type { Movement } from '../math/movement.ts'

// The level of a line is the running mean height of its ink, over about a word.
const LEVEL_RATE = 1 / 90

// The size is estimated from the latest up and down strokes, of about ten words.
const LATEST = 150

/** Measures writing as it is added: the height of its small letters, and how far the pen is from the level of its line. */
export class WritingMetrics {
  #y = 0
  #level = 0
  #touches = false
  #run = 0 // height of the current up or down stroke, signed
  readonly #runs: number[] = []

  /** Adds one movement. The pen is assumed to be lifted before the first. */
  add([, dy, pen]: Readonly<Movement>): void {
    this.#y += dy
    if (this.#touches) {
      if (dy * this.#run < 0) this.#endRun()
      this.#run += dy
      this.#level += LEVEL_RATE * (this.#y - this.#level)
    }
    this.#touches = pen < 0.5
    if (!this.#touches) this.#endRun()
  }

  /** How far the pen is below the level of the last word or so (positive is down). */
  get offset(): number {
    return this.#y - this.#level
  }

  /**
   * The height of the small letters: the median height of up and down strokes, weighted by length of ink. Ascenders are
   * too rare to raise it, tremor is too short to lower it, and a wavy baseline does neither. 0 before there is ink.
   */
  get xHeight(): number {
    const heights = [...this.#runs].sort((a, b) => a - b)
    let half = heights.reduce((sum, height) => sum + height, 0) / 2
    for (const height of heights) {
      half -= height
      if (half <= 0) return height
    }
    return 0
  }

  #endRun(): void {
    if (this.#run !== 0) this.#runs.push(Math.abs(this.#run))
    if (this.#runs.length > LATEST) this.#runs.shift()
    this.#run = 0
  }
}
