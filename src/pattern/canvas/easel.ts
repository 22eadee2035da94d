import { createPainter } from '../cpu.ts'
import type { Pattern } from '../pattern.ts'
import { BUDGET, createDraft, LEAST } from './draft.ts'

/**
 * Shows patterns on a canvas with the renderer on the CPU. Where a fine picture takes longer than a frame, a coarse one is
 * there first, so that a hand that drags is followed, and is refined as long as nothing else is drawn.
 */
export interface Easel {
  draw(pattern: Pattern): void
  /** What is under way is given up. */
  stop(): void
}

/** @param done 0…1, of the pixels on the canvas that are as fine as they will be */
export type OnProgress = (done: number) => void

/** pixels a millisecond, before any were painted */
const GUESS = 500
/** pixels between two looks at the clock */
const STRIP = 1024

/** The page itself paints, in a part of every frame. */
export function createEasel(context: CanvasRenderingContext2D, onProgress: OnProgress): Easel {
  const { canvas } = context
  const draft = createDraft(context, GUESS)
  let frame = 0

  return {
    draw(pattern) {
      cancelAnimationFrame(frame)
      const { width, height } = canvas
      const painter = createPainter(pattern)
      const isCoarse = width * height > draft.affordable
      if (isCoarse) {
        const size = draft.begin()
        const pixels = new Uint8ClampedArray(size.width * size.height * 4)
        const begin = performance.now()
        painter.paint(size, pixels)
        draft.put(pixels, 0)
        draft.show(performance.now() - begin)
      }

      const most = Math.max(1, Math.floor(STRIP / width))
      const image = new ImageData(width, most)
      let top = 0
      const refine = () => {
        // The canvas has got another size: whoever gave it that draws anew.
        if (canvas.width !== width || canvas.height !== height) return
        const begin = performance.now()
        const from = top
        do {
          const rows = Math.min(most, height - top)
          painter.paint({ width, height, top, rows }, image.data)
          context.putImageData(image, 0, top, 0, 0, width, rows)
          top += rows
        } while (top < height && ((top - from) * width < LEAST || performance.now() - begin < BUDGET))
        draft.took((top - from) * width, performance.now() - begin)
        onProgress(top / height)
        if (top < height) frame = requestAnimationFrame(refine)
      }
      // After the coarse picture the frame's time is spent.
      if (isCoarse) {
        onProgress(0)
        frame = requestAnimationFrame(refine)
      } else {
        refine()
      }
    },
    stop() {
      cancelAnimationFrame(frame)
    },
  }
}
