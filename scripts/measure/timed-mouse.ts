import type { CDPSession } from 'playwright-core'
import type { HeldMouse } from './visitors-hand.ts'

type Kind = 'mouseMoved' | 'mousePressed' | 'mouseReleased'

/** A mouse whose trusted events have time stamps of the page's virtual clock. */
export class TimedMouse implements HeldMouse {
  /** time of the next event, seconds since the time origin of the page */
  time = 0
  readonly #devtools: CDPSession
  readonly #origin: number // time origin of the page, seconds since 1970
  #x = 0
  #y = 0
  #buttons = 0

  constructor(devtools: CDPSession, origin: number) {
    this.#devtools = devtools
    this.#origin = origin
  }

  async move(x: number, y: number): Promise<void> {
    this.#x = x
    this.#y = y
    await this.#send('mouseMoved')
  }

  async down(): Promise<void> {
    this.#buttons = 1
    await this.#send('mousePressed')
  }

  async up(): Promise<void> {
    this.#buttons = 0
    await this.#send('mouseReleased')
  }

  async #send(type: Kind): Promise<void> {
    const button = type === 'mouseMoved' && this.#buttons === 0 ? 'none' : 'left'
    const clickCount = type === 'mouseMoved' ? 0 : 1
    const timestamp = this.#origin + this.time
    const [x, y, buttons] = [this.#x, this.#y, this.#buttons]
    await this.#devtools.send('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount, timestamp })
  }
}
