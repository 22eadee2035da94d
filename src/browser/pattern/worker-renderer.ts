import { type Helper, paintTogether, type Rows } from '../../pattern/paint/workers.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import { BUDGET, createSpeed } from './frame-budget.ts'
import { type Easel, GUESS, type OnProgress } from './page-renderer.ts'
import { createDraft } from './preview.ts'

/** of a draft, for every helper: all of them are in hand at once */
const PARTS = 2
/** pixels of an exact picture that a helper paints at a time, at least: a message back and forth has its price */
const LEAST = 1 << 12

/**
 * Helpers paint, and the page is free meanwhile. A draft is whole when it is shown; what is drawn while it is
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
  const draft = createDraft(context, GUESS.swift * helpers.length, BUDGET.helpers)
  const speed = createSpeed(GUESS.exact * helpers.length, BUDGET.helpers)
  const ear = createEar()
  let waiting: Pattern | undefined
  let isPainting = false
  let isStopped = false

  const paint = async (pattern: Pattern) => {
    const { width, height } = canvas
    // If the canvas has got another size, whoever gave it that draws anew.
    const isWanted = () => !isStopped && canvas.width === width && canvas.height === height

    if (width * height > speed.affordable) {
      const size = draft.begin()
      ear.listen()
      const part = (size.width * size.height) / (PARTS * helpers.length)
      await paintTogether(helpers, { pattern, ...size, pace: 'swift', pixels: part }, ({ pixels, top }) =>
        draft.put(pixels, top),
      )
      if (!isWanted()) return
      draft.show(ear.isJustOpen)
      onProgress(0)
      if (!waiting) await nextFrame() // a hand that drags draws anew
    }

    let done = 0
    const begin = performance.now()
    const put = ({ top, rows, pixels }: Rows) => {
      if (!isWanted() || waiting) return
      context.putImageData(new ImageData(pixels, width), 0, top)
      done += rows
      speed.took(done * width, performance.now() - begin)
      onProgress(done / height)
    }
    const share = Math.max(LEAST, speed.affordable / (PARTS * helpers.length))
    const exact = { pattern, width, height, pace: 'exact', pixels: share } as const
    await paintTogether(helpers, exact, put, () => isWanted() && !waiting)
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

/** milliseconds in which a page hears all that was said to it while it had no time */
const HEARING = 1.5

/** Tells whether the page has only now begun to hear messages: those of helpers may then have waited for long. */
function createEar() {
  const { port1, port2 } = new MessageChannel()
  let open = 0
  port1.onmessage = () => {
    open = performance.now()
  }
  return {
    listen() {
      open = Number.POSITIVE_INFINITY
      port2.postMessage(0)
    },
    get isJustOpen() {
      return performance.now() - open < HEARING
    },
  }
}

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame)
}
