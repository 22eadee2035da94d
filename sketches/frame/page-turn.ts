import { prefersReducedMotion } from './palette.ts'

/** The end of a full page: shows it for some seconds, then fades it out. */
export class PageTurn {
  readonly #rest: number
  readonly #fade: number
  #seconds = 0 // since the page was full

  /** @param rest, fade seconds */
  constructor(rest: number, fade = 0) {
    this.#rest = rest
    this.#fade = fade
  }

  /** Whether it is time for the next page. */
  get done(): boolean {
    return this.#seconds > this.#rest + this.#fade
  }

  /** The opacity of the page, 0…1. */
  get opacity(): number {
    if (this.#seconds <= this.#rest || prefersReducedMotion()) return 1
    return Math.max(0, 1 - (this.#seconds - this.#rest) / this.#fade)
  }

  /** Continues on a full page, for one frame. */
  advance(seconds: number): void {
    this.#seconds += seconds
  }

  /** Shows the page at full opacity again, for a pause in the middle of the fade. */
  hold(): void {
    this.#seconds = Math.min(this.#seconds, this.#rest)
  }

  /** Starts again: the page is new, or has room again. */
  restart(): void {
    this.#seconds = 0
  }
}
