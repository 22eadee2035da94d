/** milliseconds of a frame that may go by with painting */
export const BUDGET = 10
/** pixels that are painted however long they take: of fewer nobody could tell what they show */
export const LEAST = 1 << 12

export interface Size {
  readonly width: number
  readonly height: number
}

/** A picture beside a canvas, of as many pixels as are painted within a frame; drawn all over the canvas once it is whole. */
export interface Draft {
  /** pixels that are painted within a frame, as far as was measured */
  readonly affordable: number
  /** A new picture: of the canvas's size, or of a smaller one in its proportions. */
  begin(): Size
  /** @param pixels (rows, width, 4) RGBA */
  put(pixels: Uint8ClampedArray<ArrayBuffer>, top: number): void
  /** @param milliseconds that the picture took */
  show(milliseconds: number): void
  /** So many pixels were painted in so many milliseconds. */
  took(pixels: number, milliseconds: number): void
}

/** @param guess pixels a millisecond, before any were painted */
export function createDraft(context: CanvasRenderingContext2D, guess: number): Draft {
  const canvas = document.createElement('canvas')
  const draft = canvas.getContext('2d') as CanvasRenderingContext2D
  let perMillisecond = guess
  const affordable = () => Math.max(LEAST, perMillisecond * BUDGET)

  const took = (pixels: number, milliseconds: number) => {
    if (milliseconds > 1) perMillisecond += 0.5 * (pixels / milliseconds - perMillisecond)
  }
  return {
    get affordable() {
      return affordable()
    },
    begin() {
      const { width, height } = context.canvas
      const scale = Math.min(1, Math.sqrt(affordable() / (width * height)))
      canvas.width = Math.max(1, Math.floor(width * scale))
      canvas.height = Math.max(1, Math.floor(height * scale))
      return { width: canvas.width, height: canvas.height }
    },
    put(pixels, top) {
      draft.putImageData(new ImageData(pixels, canvas.width), 0, top)
    },
    show(milliseconds) {
      took(canvas.width * canvas.height, milliseconds)
      context.globalCompositeOperation = 'copy' // instead of over what is there
      context.imageSmoothingEnabled = true
      context.drawImage(canvas, 0, 0, context.canvas.width, context.canvas.height)
      context.globalCompositeOperation = 'source-over'
    },
    took,
  }
}
