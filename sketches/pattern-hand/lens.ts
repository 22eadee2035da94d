import { prefersReducedMotion } from '../frame/palette.ts'
import { around, type Box } from './box.ts'

const RADIUS = 0.16 // of the window's shorter side
const EASE = 0.0005 // of a change that is left after a second
const SHUT = 0.01
const CLEAR = 0.25 // of the radius: from there on it fades
const STOPS = 12

/** How much is seen through it from its middle to its rim: without a bend, for the eye makes a ring of one. */
const EDGE = Array.from({ length: STOPS + 1 }, (_, n): [at: number, alpha: number] => {
  const at = n / STOPS
  const t = Math.max(0, (at - CLEAR) / (1 - CLEAR))
  return [at, 1 - t * t * (3 - 2 * t)]
})

/** Where a hand touches the paper it becomes thin, and lets the light through. */
export class Lens {
  #x = 0
  #y = 0
  #open = 0
  #wanted = 0
  #shown: Box | undefined

  constructor(sheet: HTMLElement) {
    sheet.addEventListener('pointerdown', (event) => {
      sheet.setPointerCapture(event.pointerId)
      this.#wanted = 1
      this.#move(event)
    })
    sheet.addEventListener('pointermove', (event) => this.#move(event))
    for (const type of ['pointerup', 'pointercancel']) sheet.addEventListener(type, () => (this.#wanted = 0))
  }

  /** It opens or closes a little. */
  step(seconds: number): void {
    const left = prefersReducedMotion() ? 0 : EASE ** Math.min(seconds, 1)
    this.#open = this.#wanted + left * (this.#open - this.#wanted)
  }

  /** Where it is, and where it was when this was last asked. */
  takeChanged(): Box | undefined {
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
