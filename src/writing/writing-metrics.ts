import type { Movement } from '../paper/movement.ts'

/** How high the small letters of a hand are, in model units: near 2.7 in the training data, and made to be. */
export const X_HEIGHT = 2.7

// The level of a line is the running mean of its ink, over about a word.
const LEVEL_RATE = 1 / 90

// The size is that of the latest up and down strokes, of some ten words.
const LATEST = 150

/** Takes the measure of a piece of writing: how high its small letters are, and where the pen stands. */
export class Measure {
  #y = 0
  #level = 0
  #touches = false
  #run = 0
  #runs: number[] = []

  /** Reads one movement. The first one is taken to come with a lifted pen. */
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

  /** Goes on in another unit, of which there are `times` as many in the old one. */
  rescale(times: number): void {
    this.#y *= times
    this.#level *= times
    this.#run *= times
    this.#runs = this.#runs.map((height) => times * height)
  }

  /** How far the pen is below (positive, y points down) the level of the last word or so. */
  get offset(): number {
    return this.#y - this.#level
  }

  /**
   * The height of the small letters: that of the up and down strokes, the median by length of ink. Ascenders are too few
   * to raise it, trembling too short to lower it, and a line that waves does neither. 0 before there is ink.
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
