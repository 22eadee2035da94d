/** What a hand moves: the mouse of a page, or one that keeps another time. */
export interface HeldMouse {
  move(x: number, y: number): Promise<void>
  down(): Promise<void>
  up(): Promise<void>
}

const HEIGHT = 150 // of its line on the page, pixels: where every sketch has paper

/** Writes loops for three seconds, rests for two, and begins again. */
export class VisitorsHand {
  readonly #mouse: HeldMouse
  #down = false

  constructor(mouse: HeldMouse) {
    this.#mouse = mouse
  }

  /** Where it is at a time, in seconds. */
  async at(time: number): Promise<void> {
    const now = time % 5
    const writes = now < 3
    const sent: Promise<void>[] = []
    if (writes) {
      const turn = 2 * Math.PI * 1.5 * now
      sent.push(this.#mouse.move(200 + 160 * now + 16 * Math.sin(turn), HEIGHT + 24 * Math.cos(turn)))
    }
    if (writes !== this.#down) {
      this.#down = writes
      sent.push(writes ? this.#mouse.down() : this.#mouse.up())
    }
    await Promise.all(sent)
  }
}
