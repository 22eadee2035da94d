import type { Lens } from './lens.ts'
import type { Rect } from './rect.ts'

/** The layers of the view. */
export interface Layers {
  /** masks the light; in window pixels */
  readonly letters: HTMLCanvasElement
  /** opacity of that mask, 0…1 */
  readonly opacity: number
  readonly light: HTMLCanvasElement
  readonly paper: string
}

/**
 * Composes the view: paper, with light in its letters and under the lens. Without a GPU, a large window takes too long for one
 * frame. So each frame redraws one of a few bands, and whatever the pen or the lens has just changed. The light is so slow
 * that the bands are not visible.
 */
export class LayeredView {
  readonly #context: CanvasRenderingContext2D
  readonly #lens: Lens
  #band = 0

  constructor(context: CanvasRenderingContext2D, lens: Lens) {
    this.#context = context
    this.#lens = lens
  }

  /** Draws everything. */
  paint(layers: Layers): void {
    this.#paint(layers, { left: 0, top: 0, right: innerWidth, bottom: innerHeight })
  }

  /** Draws the next band, and what is new. */
  refresh(layers: Layers, bands: number, fresh: Rect | undefined): void {
    const height = innerHeight / bands
    this.#band = (this.#band + 1) % bands
    this.#paint(layers, { left: 0, top: this.#band * height, right: innerWidth, bottom: (this.#band + 1) * height })
    for (const box of [fresh, this.#lens.takeChanged()]) if (box) this.#paint(layers, box)
  }

  #paint({ letters, opacity, light, paper }: Layers, { left, top, right, bottom }: Rect): void {
    const context = this.#context
    const { width, height } = context.canvas
    const density = width / innerWidth
    // Whole pixels: a clip that ends within a pixel shows as a line.
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
    context.globalAlpha = opacity
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
