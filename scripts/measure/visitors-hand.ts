/** The mouse that a hand moves: of a page, or with time stamps of its own. */
export interface HeldMouse {
  move(x: number, y: number): Promise<void>
  down(): Promise<void>
  up(): Promise<void>
}

const HEIGHT = 150 // pixels from the top: every sketch has paper there

/** A visitor who writes loops for three seconds and rests for two, repeatedly. */
export class VisitorsHand {
  readonly #mouse: HeldMouse
  #down = false

  constructor(mouse: HeldMouse) {
    this.#mouse = mouse
  }

  /** Moves the hand to its position at a time, in seconds. */
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
