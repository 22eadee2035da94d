import type { Point } from 'longhand'
import { slider } from '../frame/controls.ts'
import { prefersReducedMotion } from '../frame/palette.ts'

const REST = 12 // seconds without a pointer after which it moves by itself
const WANDER = 6 // rows per second

/** Selects a row, and a column too when a pointer does: by mouse, pen, or touch on the page, or with the slider `row`. */
export class RowPointer {
  /** −1: none */
  column = -1
  /** seconds since the last pointer */
  rested = 0
  readonly #slider: { value: number; max: number }
  readonly #at: (place: Point) => { row: number; column: number } | undefined
  #drift = 0

  /**
   * @param at returns the row and column at a place of the page
   * @param say formats a row for the slider
   */
  constructor(
    container: HTMLElement,
    at: (place: Point) => { row: number; column: number } | undefined,
    say: (row: number) => string,
  ) {
    this.#slider = slider('row', say)
    this.#at = at
    container.addEventListener('pointermove', ({ clientX, clientY }) => this.point({ x: clientX, y: clientY }))
    addEventListener('input', () => {
      this.rested = 0
    })
  }

  get row(): number {
    return this.#slider.value
  }

  set row(row: number) {
    this.#slider.value = row
  }

  set rows(rows: number) {
    this.#slider.max = rows - 1
  }

  /** @returns whether there is something at a place */
  point(place: Point): boolean {
    const found = this.#at(place)
    this.column = found?.column ?? -1
    if (!found) return false
    this.row = found.row
    this.rested = 0
    return true
  }

  /** Moves from row to row while nobody points. */
  wander(seconds: number): void {
    this.rested += seconds
    if (this.rested < REST || prefersReducedMotion()) return
    this.#drift += WANDER * seconds
    this.row = (this.row + Math.floor(this.#drift)) % (this.#slider.max + 1)
    this.#drift %= 1
    this.column = -1
  }
}
