import type { Character } from './characters.ts'
import type { InkPoint } from './marks.ts'

/** What can go wrong with a word: it never ends, stays on one letter, leaves its line, or leaves a letter out. */
export type Stray = 'endless' | 'repeats' | 'leaves line' | 'skips'

// Movements: a letter takes about 20, a capital or an m twice as many.
const MOST_PER_LETTER = 90
const MOST_PER_WORD = 60
const MOST_PER_CHARACTER = 45 // on average, beside MOST_PER_WORD
const HIGHEST = 3.6 // x-heights above the baseline
const LOWEST = 2.6 // and below it

/** Watches the ink of a word as it is written. */
export class StrayDetector {
  readonly #counts = new Map<number, number>()
  readonly #characters: readonly Character[]
  readonly #xHeight: number
  #count = 0

  constructor(characters: readonly Character[], xHeight: number) {
    this.#characters = characters
    this.#xHeight = xHeight
  }

  /** Adds a point. Returns what is wrong with the word so far. */
  add({ y, index }: Readonly<InkPoint>): Stray | undefined {
    const count = (this.#counts.get(index) ?? 0) + 1
    this.#counts.set(index, count)
    this.#count++
    if (y < -HIGHEST * this.#xHeight || y > LOWEST * this.#xHeight) return 'leaves line'
    if (count > MOST_PER_LETTER) return 'repeats'
    if (this.#count > MOST_PER_WORD + MOST_PER_CHARACTER * this.#characters.length) return 'endless'
    return undefined
  }

  /** Returns what is wrong with the finished word. */
  finish(): Stray | undefined {
    return this.#characters.some(({ index }) => !this.#counts.has(index)) ? 'skips' : undefined
  }
}
