/** A sheet of glass over the drawing, for what comes and goes: it is wiped every frame, and the ink beneath stays. */
export class Veil {
  readonly #canvas = document.createElement('canvas')
  readonly #sheet: HTMLElement

  /** @param sheet the element that the drawing fills */
  constructor(sheet: HTMLElement) {
    this.#sheet = sheet
    this.#canvas.className = 'veil'
    this.#canvas.setAttribute('aria-hidden', 'true')
    sheet.append(this.#canvas)
  }

  /** Wipes the glass, and gives what to draw on it with. @param scale CSS pixels a drawn unit */
  wipe(scale = 1): CanvasRenderingContext2D {
    const context = this.#canvas.getContext('2d')
    if (!context) throw new Error('This browser has no canvas to draw on.')
    const { clientWidth, clientHeight } = this.#sheet
    const width = Math.round(clientWidth * devicePixelRatio)
    const height = Math.round(clientHeight * devicePixelRatio)
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width
      this.#canvas.height = height
    }
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, width, height)
    context.scale(devicePixelRatio * scale, devicePixelRatio * scale)
    return context
  }
}
