import * as Comlink from 'comlink'
import type { Helper } from 'longhand'
import { isPreview } from './start.ts'

const MOST = 6
const PATIENCE = 10_000 // milliseconds for a worker to begin

/** What a sketch's worker.ts exposes, as far as pictures are painted with it. */
export interface PatternWorker {
  isReady: true
  paintTile: Helper
}

/** A worker with the sketch's worker.js; on a page that was opened from a disk there are none. */
export function startWorker(): Worker | undefined {
  if (location.protocol === 'file:') return undefined
  try {
    return new Worker('worker.js')
  } catch {
    return undefined
  }
}

/** Workers that paint patterns beside the page, once they are ready; none where there cannot be any. */
export async function hireHelpers(): Promise<Helper[]> {
  // The gallery's pictures are taken with a clock of their own, which no worker follows.
  if (isPreview) return []
  // one processor for the page, but two at least: it has little to do while others paint
  const count = Math.min(Math.max(navigator.hardwareConcurrency - 1, 2), MOST)
  const helpers = await Promise.all(Array.from({ length: count }, hire))
  return helpers.filter((helper) => helper !== undefined)
}

async function hire(): Promise<Helper | undefined> {
  const worker = startWorker()
  if (!worker) return undefined
  const remote = Comlink.wrap<PatternWorker>(worker)
  const begun = await Promise.race([
    remote.isReady,
    new Promise<false>((resolve) => {
      worker.addEventListener('error', () => resolve(false))
      setTimeout(() => resolve(false), PATIENCE)
    }),
  ])
  // a function of our own: a promise of the remote one would ask the worker for its `then`
  if (begun) return (...task) => remote.paintTile(...task)
  worker.terminate()
  return undefined
}
