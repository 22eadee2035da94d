import type { Point } from 'longhand'
import { slider } from '../frame/knobs.ts'
import { prefersReducedMotion } from '../frame/palette.ts'

const REST = 12 // seconds after which it looks around by itself
const WANDER = 6 // rows a second, then

/** Points at a row, and with a pointer at a column too: by mouse, pen or finger on the sheet, or by the slider `row`. */
export class RowPointer {
  /** −1 for none */
  column = -1
  /** seconds since somebody pointed */
  rested = 0
  readonly #slider: { value: number; max: number }
  readonly #at: (place: Point) => { row: number; column: number } | undefined
  #drift = 0

  /**
   * @param at what stands at a place of the sheet
   * @param say what the slider shows for a row
   */
  constructor(
    sheet: HTMLElement,
    at: (place: Point) => { row: number; column: number } | undefined,
    say: (row: number) => string,
  ) {
    this.#slider = slider('row', say)
    this.#at = at
    sheet.addEventListener('pointermove', ({ clientX, clientY }) => this.point({ x: clientX, y: clientY }))
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

  /** @returns whether there is something to point at */
  point(place: Point): boolean {
    const found = this.#at(place)
    this.column = found?.column ?? -1
    if (!found) return false
    this.row = found.row
    this.rested = 0
    return true
  }

  /** While nobody points it goes from row to row. */
  wander(seconds: number): void {
    this.rested += seconds
    if (this.rested < REST || prefersReducedMotion()) return
    this.#drift += WANDER * seconds
    this.row = (this.row + Math.floor(this.#drift)) % (this.#slider.max + 1)
    this.#drift %= 1
    this.column = -1
  }
}
