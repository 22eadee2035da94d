import { type Helper, paintTogether, type Rows } from '../helper.ts'
import type { Pattern } from '../pattern.ts'
import { createDraft } from './draft.ts'
import type { Easel, OnProgress } from './easel.ts'

/** pixels a millisecond that a helper paints, before any were painted */
const GUESS = 500
/** of a coarse picture, for every helper: whoever is slower takes one less */
const PARTS = 2
/** pixels of a fine picture that a helper paints at a time, at least: a message back and forth has its price */
const LEAST = 1 << 13

/**
 * Helpers paint, and the page is free meanwhile. A coarse picture is whole when it is shown; what is drawn while it is
 * painted waits, and only the last of it is painted next.
 * @param onFailure a helper could not paint, and nobody paints any more
 */
export function createSharedEasel(
  context: CanvasRenderingContext2D,
  helpers: readonly Helper[],
  onProgress: OnProgress,
  onFailure: (error: unknown) => void,
): Easel {
  const { canvas } = context
  const draft = createDraft(context, GUESS * helpers.length)
  let waiting: Pattern | undefined
  let isPainting = false
  let isStopped = false

  const paint = async (pattern: Pattern) => {
    const { width, height } = canvas
    // If the canvas has got another size, whoever gave it that draws anew.
    const isWanted = () => !isStopped && canvas.width === width && canvas.height === height

    const begin = performance.now()
    const size = draft.begin()
    const isCoarse = size.width < width || size.height < height
    const part = (size.width * size.height) / (PARTS * helpers.length)
    await paintTogether(helpers, pattern, size, part, ({ pixels, top }) => draft.put(pixels, top))
    if (!isWanted()) return
    draft.show(performance.now() - begin)
    onProgress(isCoarse ? 0 : 1)
    if (!isCoarse) return

    let done = 0
    const put = ({ top, rows, pixels }: Rows) => {
      if (!isWanted() || waiting) return
      context.putImageData(new ImageData(pixels, width), 0, top)
      done += rows
      onProgress(done / height)
    }
    const share = Math.max(LEAST, draft.affordable / helpers.length)
    await paintTogether(helpers, pattern, { width, height }, share, put, () => isWanted() && !waiting)
  }

  const work = async () => {
    isPainting = true
    try {
      while (waiting) {
        const pattern = waiting
        waiting = undefined
        await paint(pattern)
      }
    } finally {
      isPainting = false
    }
  }

  return {
    draw(pattern) {
      isStopped = false
      waiting = pattern
      if (!isPainting) work().catch(onFailure)
    },
    stop() {
      isStopped = true
      waiting = undefined
    },
  }
}
