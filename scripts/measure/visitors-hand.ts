import type { Page } from 'playwright-core'

/** Writes loops for three seconds, rests for two, and begins again. */
export class VisitorsHand {
  readonly #page: Page
  #down = false

  constructor(page: Page) {
    this.#page = page
  }

  /** Where it is at a time, in seconds. */
  async at(time: number): Promise<void> {
    const { mouse } = this.#page
    const now = time % 5
    if (now < 3) {
      const turn = 2 * Math.PI * 1.5 * now
      await mouse.move(200 + 160 * now + 16 * Math.sin(turn), 320 + 24 * Math.cos(turn))
    }
    if (now < 3 === this.#down) return
    this.#down = !this.#down
    await (this.#down ? mouse.down() : mouse.up())
  }
}
