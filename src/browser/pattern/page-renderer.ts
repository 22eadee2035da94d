import { createPainter } from '../../pattern/paint/painter.ts'
import { painterAt } from '../../pattern/paint/quality.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import { BUDGET, createSpeed, LEAST } from './frame-budget.ts'
import { createDraft } from './preview.ts'

/**
 * Shows patterns on a canvas with the renderer on the CPU. Where an exact picture takes longer than a frame, a draft is
 * there first, so that a hand that drags is followed; it is refined as soon as the hand rests.
 */
export interface Easel {
  draw(pattern: Pattern): void
  /** What is under way is given up. */
  stop(): void
}

/** @param done 0…1, of the pixels on the canvas that are as fine as they will be */
export type OnProgress = (done: number) => void

/** pixels a millisecond, before any were painted: of an exact picture and of a draft */
export const GUESS = { exact: 500, swift: 1000 } as const
/** pixels between two looks at the clock */
const STRIP = 1024

/** The page itself paints, in a part of every frame. */
export function createEasel(context: CanvasRenderingContext2D, onProgress: OnProgress): Easel {
  const { canvas } = context
  const draft = createDraft(context, GUESS.swift, BUDGET.page)
  const speed = createSpeed(GUESS.exact, BUDGET.page)
  let frame = 0

  return {
    draw(pattern) {
      cancelAnimationFrame(frame)
      const { width, height } = canvas
      const isDraft = width * height > speed.affordable
      if (isDraft) {
        const size = draft.begin()
        const pixels = new Uint8ClampedArray(size.width * size.height * 4)
        painterAt('swift', pattern).paint(size, pixels)
        draft.put(pixels, 0)
        draft.show()
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
      if (!isDraft) {
        refine()
        return
      }
      onProgress(0)
      // The next frame is for the next draft: whoever drags draws in every one, and maybe after what is asked for here.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(refine)
      })
    },
    stop() {
      cancelAnimationFrame(frame)
    },
  }
}
