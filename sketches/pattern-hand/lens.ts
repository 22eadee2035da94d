import { prefersReducedMotion } from '../frame/palette.ts'

const RADIUS = 0.16 // of the window's shorter side
const EASE = 0.0005 // of a change that is left after a second

/** Where a hand touches the paper it becomes thin, and lets the light through. */
export class Lens {
  #x = 0
  #y = 0
  #open = 0
  #wanted = 0

  constructor(sheet: HTMLElement) {
    sheet.addEventListener('pointerdown', (event) => {
      sheet.setPointerCapture(event.pointerId)
      this.#wanted = 1
      this.#move(event)
    })
    sheet.addEventListener('pointermove', (event) => this.#move(event))
    for (const type of ['pointerup', 'pointercancel']) sheet.addEventListener(type, () => (this.#wanted = 0))
  }

  draw(context: CanvasRenderingContext2D, seconds: number): void {
    const left = prefersReducedMotion() ? 0 : EASE ** Math.min(seconds, 1)
    this.#open = this.#wanted + left * (this.#open - this.#wanted)
    if (this.#open < 0.01) return
    const radius = RADIUS * Math.min(innerWidth, innerHeight) * (0.6 + 0.4 * this.#open)
    const soft = context.createRadialGradient(this.#x, this.#y, 0, this.#x, this.#y, radius)
    for (const [at, alpha] of [
      [0, 1],
      [0.55, 0.95],
      [0.8, 0.4],
      [1, 0],
    ] as const)
      soft.addColorStop(at, `rgb(0 0 0 / ${alpha * this.#open})`)
    context.fillStyle = soft
    context.fillRect(this.#x - radius, this.#y - radius, 2 * radius, 2 * radius)
  }

  #move({ clientX, clientY }: PointerEvent): void {
    if (!this.#wanted) return
    this.#x = clientX
    this.#y = clientY
  }
}
