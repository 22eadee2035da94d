import { capturePointer } from '../frame/capture.ts'
import { prefersReducedMotion } from '../frame/palette.ts'
import { around, type Rect } from './rect.ts'

const RADIUS = 0.16 // of the window's shorter side
const EASE = 0.0005 // share of a change that is left after a second
const SHUT = 0.01 // opacity below which the lens is closed
const CLEAR = 0.25 // share of the radius that is fully transparent
const STOPS = 12

/** Opacity from the center to the rim: smooth, because a bend would look like a ring. */
const EDGE = Array.from({ length: STOPS + 1 }, (_, n): [at: number, alpha: number] => {
  const at = n / STOPS
  const t = Math.max(0, (at - CLEAR) / (1 - CLEAR))
  return [at, 1 - t * t * (3 - 2 * t)]
})

/** Makes the page transparent where the visitor touches it. */
export class Lens {
  #x = 0
  #y = 0
  #open = 0
  #wanted = 0
  #shown: Rect | undefined

  constructor(container: HTMLElement) {
    container.addEventListener('pointerdown', (event) => {
      capturePointer(container, event.pointerId)
      this.#wanted = 1
      this.#move(event)
    })
    container.addEventListener('pointermove', (event) => this.#move(event))
    for (const type of ['pointerup', 'pointercancel']) container.addEventListener(type, () => (this.#wanted = 0))
  }

  /** Opens or closes a little. */
  step(seconds: number): void {
    const left = prefersReducedMotion() ? 0 : EASE ** Math.min(seconds, 1)
    this.#open = this.#wanted + left * (this.#open - this.#wanted)
  }

  /** Returns the rectangle around its place now and at the last call. */
  takeChanged(): Rect | undefined {
    const before = this.#shown
    const radius = this.#radius
    this.#shown =
      this.#open < SHUT
        ? undefined
        : { left: this.#x - radius, top: this.#y - radius, right: this.#x + radius, bottom: this.#y + radius }
    return around(before, this.#shown)
  }

  draw(context: CanvasRenderingContext2D): void {
    if (this.#open < SHUT) return
    const radius = this.#radius
    const soft = context.createRadialGradient(this.#x, this.#y, 0, this.#x, this.#y, radius)
    for (const [at, alpha] of EDGE) soft.addColorStop(at, `rgb(0 0 0 / ${alpha * this.#open})`)
    context.fillStyle = soft
    context.fillRect(this.#x - radius, this.#y - radius, 2 * radius, 2 * radius)
  }

  get #radius(): number {
    return RADIUS * Math.min(innerWidth, innerHeight) * (0.6 + 0.4 * this.#open)
  }

  #move({ clientX, clientY }: PointerEvent): void {
    if (!this.#wanted) return
    this.#x = clientX
    this.#y = clientY
  }
}
