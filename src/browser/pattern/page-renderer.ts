import { createPainter } from '../../pattern/paint/painter.ts'
import { painterFor, previewQuality } from '../../pattern/paint/quality.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { CpuRenderer, OnProgress } from './cpu-renderer.ts'
import { BUDGET, createSpeed, INITIAL_SPEED, MIN_PIXELS } from './frame-budget.ts'
import { createPreview } from './preview.ts'

/** Pixels to paint between two looks at the clock. */
const STRIP_PIXELS = 1024

/** Creates a renderer that paints on the page's own thread, for a part of each frame. */
export function createPageRenderer(context: CanvasRenderingContext2D, onProgress: OnProgress): CpuRenderer {
  const { canvas } = context
  const preview = createPreview(context, INITIAL_SPEED.preview, BUDGET.page)
  const speed = createSpeed(INITIAL_SPEED.exact, BUDGET.page)
  let frame = 0

  const showPreview = (pattern: Pattern) => {
    const size = preview.begin()
    const pixels = new Uint8ClampedArray(size.width * size.height * 4)
    painterFor(pattern, previewQuality(pattern)).paint(size, pixels)
    preview.put(pixels, 0)
    preview.show()
  }

  /** Returns a function that paints one frame's part of the exact picture, from the top, and requests the next frame. */
  const createRefinement = (pattern: Pattern) => {
    const { width, height } = canvas
    const painter = createPainter(pattern)
    const stripRows = Math.max(1, Math.floor(STRIP_PIXELS / width))
    const image = new ImageData(width, stripRows)
    let top = 0
    return function refine() {
      // The caller draws again after resizing the canvas.
      if (canvas.width !== width || canvas.height !== height) return
      const begin = performance.now()
      const from = top
      do {
        const rows = Math.min(stripRows, height - top)
        painter.paint({ width, height, top, rows }, image.data)
        context.putImageData(image, 0, top, 0, 0, width, rows)
        top += rows
      } while (top < height && ((top - from) * width < MIN_PIXELS || performance.now() - begin < BUDGET.page))
      speed.add((top - from) * width, performance.now() - begin)
      onProgress(top / height)
      if (top < height) frame = requestAnimationFrame(refine)
    }
  }

  return {
    draw(pattern) {
      cancelAnimationFrame(frame)
      const needsPreview = canvas.width * canvas.height > speed.affordable
      if (needsPreview) showPreview(pattern)
      const refine = createRefinement(pattern)
      if (!needsPreview) {
        refine()
        return
      }
      onProgress(0)
      // Leave the next frame to the next preview: a drag draws in every frame, perhaps after this request's callback.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(refine)
      })
    },
    stop() {
      cancelAnimationFrame(frame)
    },
  }
}
