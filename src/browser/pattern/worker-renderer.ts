import { previewQuality } from '../../pattern/paint/quality.ts'
import { paintWithWorkers, type Rows, type TileWorker } from '../../pattern/paint/tile-workers.ts'
import type { Pattern } from '../../pattern/pattern.ts'
import type { CpuRenderer, OnProgress } from './cpu-renderer.ts'
import { BUDGET, createSpeed, INITIAL_SPEED } from './frame-budget.ts'
import { createMessageLag } from './message-lag.ts'
import { createPreview } from './preview.ts'

/** Tiles per worker and preview; see `paintWithWorkers` for why one is not enough. */
const TILES_PER_WORKER = 2
/** The smallest tile of an exact picture, in pixels: messages have a cost. */
const MIN_TILE = 1 << 12

/**
 * Creates a renderer whose workers paint while the page stays free. A preview is shown when it is complete. Patterns drawn
 * meanwhile wait, and only the latest is painted next.
 * @param onFailure a worker failed; nothing is painted after that
 */
export function createWorkerRenderer(
  context: CanvasRenderingContext2D,
  workers: readonly TileWorker[],
  onProgress: OnProgress,
  onFailure: (error: unknown) => void,
): CpuRenderer {
  const { canvas } = context
  const preview = createPreview(context, INITIAL_SPEED.preview * workers.length, BUDGET.workers)
  const speed = createSpeed(INITIAL_SPEED.exact * workers.length, BUDGET.workers)
  const lag = createMessageLag()
  const tilesAtOnce = TILES_PER_WORKER * workers.length
  let waiting: Pattern | undefined
  let isPainting = false
  let isStopped = false

  const paintPreview = async (pattern: Pattern) => {
    const size = preview.begin()
    lag.start()
    const tilePixels = (size.width * size.height) / tilesAtOnce
    await paintWithWorkers(
      workers,
      { pattern, ...size, quality: previewQuality(pattern), tilePixels },
      ({ pixels, top }) => preview.put(pixels, top),
    )
  }

  const paint = async (pattern: Pattern) => {
    const { width, height } = canvas
    // The caller draws again after resizing the canvas.
    const isWanted = () => !isStopped && canvas.width === width && canvas.height === height

    if (width * height > speed.affordable) {
      await paintPreview(pattern)
      if (!isWanted()) return
      preview.show(lag.isCatchingUp)
      onProgress(0)
      if (!waiting) await nextFrame() // a drag draws again by then
    }

    let done = 0
    const begin = performance.now()
    const put = ({ top, rows, pixels }: Rows) => {
      if (!isWanted() || waiting) return
      context.putImageData(new ImageData(pixels, width), 0, top)
      done += rows
      speed.add(done * width, performance.now() - begin)
      onProgress(done / height)
    }
    const tilePixels = Math.max(MIN_TILE, speed.affordable / tilesAtOnce)
    const exact = { pattern, width, height, quality: 'exact', tilePixels } as const
    await paintWithWorkers(workers, exact, put, () => isWanted() && !waiting)
  }

  const paintWaiting = async () => {
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
      if (!isPainting) paintWaiting().catch(onFailure)
    },
    stop() {
      isStopped = true
      waiting = undefined
    },
  }
}

function nextFrame(): Promise<unknown> {
  return new Promise(requestAnimationFrame)
}
