import { createPainter } from '../../pattern/paint/painter.ts'
import { painterFor } from '../../pattern/paint/quality.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import { BUDGET, createSpeed, LEAST } from './frame-budget.ts'
import { createPreview } from './preview.ts'

/**
 * Shows patterns on a canvas with the renderer on the CPU. Where an exact picture takes longer than a frame, a preview is
 * there first, so that a hand that drags is followed; it is refined as soon as the hand rests.
 */
export interface CpuRenderer {
  draw(pattern: Pattern): void
  /** What is under way is given up. */
  stop(): void
}

/** @param done 0…1, of the pixels on the canvas that are as fine as they will be */
export type OnProgress = (done: number) => void

/** pixels a millisecond, before any were painted: of an exact picture and of a preview */
export const GUESS = { exact: 500, preview: 1000 } as const
/** pixels between two looks at the clock */
const STRIP = 1024

/** The page itself paints, in a part of every frame. */
export function createPageRenderer(context: CanvasRenderingContext2D, onProgress: OnProgress): CpuRenderer {
  const { canvas } = context
  const preview = createPreview(context, GUESS.preview, BUDGET.page)
  const speed = createSpeed(GUESS.exact, BUDGET.page)
  let frame = 0

  return {
    draw(pattern) {
      cancelAnimationFrame(frame)
      const { width, height } = canvas
      const needsPreview = width * height > speed.affordable
      if (needsPreview) {
        const size = preview.begin()
        const pixels = new Uint8ClampedArray(size.width * size.height * 4)
        painterFor(pattern, 'preview').paint(size, pixels)
        preview.put(pixels, 0)
        preview.show()
      }

      const painter = createPainter(pattern)
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
        } while (top < height && ((top - from) * width < LEAST || performance.now() - begin < BUDGET.page))
        speed.took((top - from) * width, performance.now() - begin)
        onProgress(top / height)
        if (top < height) frame = requestAnimationFrame(refine)
      }
      if (!needsPreview) {
        refine()
        return
      }
      onProgress(0)
      // The next frame is for the next preview: whoever drags draws in every one, and maybe after what is asked for here.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(refine)
      })
    },
    stop() {
      cancelAnimationFrame(frame)
    },
  }
}
