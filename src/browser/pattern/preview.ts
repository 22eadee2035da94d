import { createSpeed } from './frame-budget.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * A picture beside a canvas, painted swiftly and of as many pixels as are painted within a frame; drawn all over the
 * canvas once it is whole.
 */
export interface Preview {
  /** A new picture: of the canvas's size, or of a smaller one in its proportions. */
  begin(): Size
  /** @param pixels (rows, width, 4) RGBA */
  put(pixels: Uint8ClampedArray<ArrayBuffer>, top: number): void
  /** @param waited it was whole before anybody looked, so that nobody knows how long it took */
  show(waited?: boolean): void
}

/**
 * @param guess pixels a millisecond, before any were painted
 * @param budget milliseconds of a frame
 */
export function createPreview(context: CanvasRenderingContext2D, guess: number, budget: number): Preview {
  const canvas = document.createElement('canvas')
  const preview = canvas.getContext('2d') as CanvasRenderingContext2D
  const speed = createSpeed(guess, budget)
  let begun = 0

  return {
    begin() {
      begun = performance.now()
      const { width, height } = context.canvas
      const scale = Math.min(1, Math.sqrt(speed.affordable / (width * height)))
      canvas.width = Math.max(1, Math.floor(width * scale))
      canvas.height = Math.max(1, Math.floor(height * scale))
      return { width: canvas.width, height: canvas.height }
    },
    put(pixels, top) {
      preview.putImageData(new ImageData(pixels, canvas.width), 0, top)
    },
    show(waited = false) {
      const isWhole = canvas.width === context.canvas.width // and could not have more pixels
      if (!waited) speed.took(canvas.width * canvas.height, performance.now() - begun)
      else if (!isWhole) speed.waited()
      context.globalCompositeOperation = 'copy' // instead of over what is there
      context.imageSmoothingEnabled = true
      context.drawImage(canvas, 0, 0, context.canvas.width, context.canvas.height)
      context.globalCompositeOperation = 'source-over'
    },
  }
}
