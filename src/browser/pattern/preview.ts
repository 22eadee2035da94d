import { createSpeed } from './frame-budget.ts'

/** In pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A preview on a canvas of its own, with as many pixels as can be painted within a frame, scaled up when shown. */
export interface Preview {
  /** Starts a picture. @returns its size: that of the canvas, or a smaller one of the same proportions */
  begin(): Size
  /** @param pixels (rows, width, 4) RGBA */
  put(pixels: Uint8ClampedArray<ArrayBuffer>, top: number): void
  /**
   * Draws the finished picture over the whole canvas, and measures the time since `begin`.
   * @param isDelayed the page noticed late that the picture was finished, so that the time says nothing
   */
  show(isDelayed?: boolean): void
}

/**
 * @param initialSpeed pixels per millisecond to assume before any were painted
 * @param budget milliseconds per frame
 */
export function createPreview(context: CanvasRenderingContext2D, initialSpeed: number, budget: number): Preview {
  const canvas = document.createElement('canvas')
  const small = canvas.getContext('2d') as CanvasRenderingContext2D
  const speed = createSpeed(initialSpeed, budget)
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
      small.putImageData(new ImageData(pixels, canvas.width), 0, top)
    },
    show(isDelayed = false) {
      const isFullSize = canvas.width === context.canvas.width
      if (!isDelayed) speed.add(canvas.width * canvas.height, performance.now() - begun)
      else if (!isFullSize) speed.raise()
      context.globalCompositeOperation = 'copy' // replaces the old picture, which a transparent one would not cover
      context.imageSmoothingEnabled = true
      context.drawImage(canvas, 0, 0, context.canvas.width, context.canvas.height)
      context.globalCompositeOperation = 'source-over'
    },
  }
}
