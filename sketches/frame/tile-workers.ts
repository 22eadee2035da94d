import * as Comlink from 'comlink'
import type { TileWorker } from 'longhand'
import { isPreview } from './start.ts'

const MAX_WORKERS = 6
const START_TIMEOUT = 10_000 // milliseconds

/** The part of a sketch's worker.ts that paints tiles; see `tile-painting.ts`. */
export interface PaintingWorker {
  isReady: true
  paintTile: TileWorker
}

/** Starts the sketch's worker.js; returns undefined on file://, where browsers allow no workers. */
export function startWorker(): Worker | undefined {
  if (location.protocol === 'file:') return undefined
  try {
    return new Worker('worker.js')
  } catch {
    return undefined
  }
}

/** Starts workers that paint tiles and resolves once they are ready; empty where workers are not available. */
export async function startTileWorkers(): Promise<TileWorker[]> {
  // Gallery previews run on a virtual clock, which workers do not follow.
  if (isPreview) return []
  // Leave one core to the page, but start at least two: the page has little to do while they paint.
  const count = Math.min(Math.max(navigator.hardwareConcurrency - 1, 2), MAX_WORKERS)
  const workers = await Promise.all(Array.from({ length: count }, startTileWorker))
  return workers.filter((worker) => worker !== undefined)
}

async function startTileWorker(): Promise<TileWorker | undefined> {
  const worker = startWorker()
  if (!worker) return undefined
  const remote = Comlink.wrap<PaintingWorker>(worker)
  const isReady = await Promise.race([
    remote.isReady,
    new Promise<false>((resolve) => {
      worker.addEventListener('error', () => resolve(false))
      setTimeout(() => resolve(false), START_TIMEOUT)
    }),
  ])
  // Wrap the remote function: resolving a promise with the Comlink proxy itself would ask the worker for `then`.
  if (isReady) return (...task) => remote.paintTile(...task)
  worker.terminate()
  return undefined
}
