/** A transparent canvas over the drawing, for what changes every frame while the ink below stays. */
export class Overlay {
  readonly #canvas = document.createElement('canvas')
  readonly #container: HTMLElement

  /** @param container the element that the drawing fills */
  constructor(container: HTMLElement) {
    this.#container = container
    this.#canvas.className = 'overlay'
    this.#canvas.setAttribute('aria-hidden', 'true')
    container.append(this.#canvas)
  }

  /** Clears the canvas and returns its context. @param scale CSS pixels per drawing unit */
  clear(scale = 1): CanvasRenderingContext2D {
    const context = this.#canvas.getContext('2d')
    if (!context) throw new Error('Expected a 2D canvas, got none from this browser.')
    const { clientWidth, clientHeight } = this.#container
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
