import type { Box } from './box.ts'
import type { Lens } from './lens.ts'

/** What is laid one over the other. */
export interface Layers {
  /** light comes through them; in the window's pixels */
  readonly letters: HTMLCanvasElement
  /** 0…1: how much they let through */
  readonly clarity: number
  readonly light: HTMLCanvasElement
  readonly paper: string
}

/**
 * The window: paper, and light in its letters and where a hand makes it thin. Without a GPU all of a large window takes too
 * long for a frame. So each frame renews one of a few bands of it, and besides that whatever a hand has just changed; the
 * light is so slow that nobody sees it come band by band.
 */
export class Pane {
  readonly #context: CanvasRenderingContext2D
  readonly #lens: Lens
  #band = 0

  constructor(context: CanvasRenderingContext2D, lens: Lens) {
    this.#context = context
    this.#lens = lens
  }

  /** All of it. */
  paint(layers: Layers): void {
    this.#paint(layers, { left: 0, top: 0, right: innerWidth, bottom: innerHeight })
  }

  /** The next of so many bands, and what is new. */
  refresh(layers: Layers, bands: number, fresh: Box | undefined): void {
    const height = innerHeight / bands
    this.#band = (this.#band + 1) % bands
    this.#paint(layers, { left: 0, top: this.#band * height, right: innerWidth, bottom: (this.#band + 1) * height })
    for (const box of [fresh, this.#lens.takeChanged()]) if (box) this.#paint(layers, box)
  }

  #paint({ letters, clarity, light, paper }: Layers, { left, top, right, bottom }: Box): void {
    const context = this.#context
    const { width, height } = context.canvas
    const density = width / innerWidth
    // whole pixels, for a clip that ends within one would show as a line
    const x = Math.max(0, Math.floor(left * density))
    const y = Math.max(0, Math.floor(top * density))
    const columns = Math.min(width, Math.ceil(right * density)) - x
    const rows = Math.min(height, Math.ceil(bottom * density)) - y
    if (columns <= 0 || rows <= 0) return
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.beginPath()
    context.rect(x, y, columns, rows)
    context.clip()
    context.clearRect(x, y, columns, rows)
    context.globalAlpha = clarity
    context.drawImage(letters, x, y, columns, rows, x, y, columns, rows)
    context.globalAlpha = 1
    context.save()
    context.scale(density, density)
    this.#lens.draw(context)
    context.restore()
    context.globalCompositeOperation = 'source-atop'
    context.drawImage(light, 0, 0, width, height)
    context.globalCompositeOperation = 'destination-over'
    context.fillStyle = paper
    context.fillRect(x, y, columns, rows)
    context.restore()
  }
}
