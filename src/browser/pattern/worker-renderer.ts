import { paintTogether, type Rows, type TileWorker } from '../../pattern/paint/workers.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import { BUDGET, createSpeed } from './frame-budget.ts'
import { type CpuRenderer, GUESS, type OnProgress } from './page-renderer.ts'
import { createPreview } from './preview.ts'

/** of a preview, for every worker: all of them are in hand at once */
const PARTS = 2
/** pixels of an exact picture that a worker paints at a time, at least: a message back and forth has its price */
const LEAST = 1 << 12

/**
 * Helpers paint, and the page is free meanwhile. A preview is whole when it is shown; what is drawn while it is
 * painted waits, and only the last of it is painted next.
 * @param onFailure a worker could not paint, and nobody paints any more
 */
export function createWorkerRenderer(
  context: CanvasRenderingContext2D,
  workers: readonly TileWorker[],
  onProgress: OnProgress,
  onFailure: (error: unknown) => void,
): CpuRenderer {
  const { canvas } = context
  const preview = createPreview(context, GUESS.preview * workers.length, BUDGET.workers)
  const speed = createSpeed(GUESS.exact * workers.length, BUDGET.workers)
  const ear = createEar()
  let waiting: Pattern | undefined
  let isPainting = false
  let isStopped = false

  const paint = async (pattern: Pattern) => {
    const { width, height } = canvas
    // If the canvas has got another size, whoever gave it that draws anew.
    const isWanted = () => !isStopped && canvas.width === width && canvas.height === height

    if (width * height > speed.affordable) {
      const size = preview.begin()
      ear.listen()
      const part = (size.width * size.height) / (PARTS * workers.length)
      await paintTogether(workers, { pattern, ...size, quality: 'preview', pixels: part }, ({ pixels, top }) =>
        preview.put(pixels, top),
      )
      if (!isWanted()) return
      preview.show(ear.isJustOpen)
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
    const share = Math.max(LEAST, speed.affordable / (PARTS * workers.length))
    const exact = { pattern, width, height, quality: 'exact', pixels: share } as const
    await paintTogether(workers, exact, put, () => isWanted() && !waiting)
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

/** Tells whether the page has only now begun to hear messages: those of workers may then have waited for long. */
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
