import * as Comlink from 'comlink'
import { LARGEST_SIDE, type Recipe } from 'longhand'
import { notice } from '../frame/notice.ts'
import { saveBlob } from '../frame/save.ts'
import { startWorker } from '../frame/tile-workers.ts'
import { paintPng } from './png.ts'

let cancel: (() => void) | undefined

class Cancelled extends Error {}

/** There is a worker, but its script was not to be had. */
class Refused extends Error {}

addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') cancel?.()
})

/**
 * Saves a picture with its longer side as long as asked, in the proportions of the window; says how far it is, and is
 * stopped by Escape. One at a time.
 */
export async function savePicture(recipe: Recipe, longer: number): Promise<void> {
  if (cancel) return
  const scale = Math.min(longer, LARGEST_SIDE) / Math.max(innerWidth, innerHeight)
  const width = Math.max(1, Math.round(scale * innerWidth))
  const height = Math.max(1, Math.round(scale * innerHeight))
  const size = `${width} × ${height}`
  const tell = (done: number) => notice(`Painting ${size} pixels: ${Math.floor(100 * done)} %. Escape stops it.`)
  tell(0)
  let worker: Worker | undefined
  let cancelled = false
  const stopped = new Promise<never>((_, reject) => {
    cancel = () => {
      cancelled = true
      reject(new Cancelled())
    }
  })
  const onProgress = (done: number) => {
    if (cancelled) throw new Cancelled()
    tell(done)
  }
  try {
    worker = startWorker() // without one the page itself paints, between its frames
    const here = () => paintPng(recipe, width, height, onProgress)
    const there = worker && paintThere(worker, recipe, width, height, onProgress)
    const painting = there
      ? there.catch((error) => (error instanceof Refused ? here() : Promise.reject(error)))
      : here()
    painting.catch(() => {}) // heard of below, or given up
    saveBlob(await Promise.race([painting, stopped]), `longhand-pattern-${recipe.seed}.png`)
    notice(`Saved, ${size} pixels. Dropped onto this page it comes back.`, 6)
  } catch (error) {
    if (error instanceof Cancelled) notice('Stopped: nothing was saved.', 4)
    else notice(`The picture could not be saved: ${(error as Error).message}`, 10)
  } finally {
    worker?.terminate()
    cancel = undefined
  }
}

function paintThere(
  worker: Worker,
  ...[recipe, width, height, onProgress]: Parameters<typeof paintPng>
): Promise<Blob> {
  const refused = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new Refused()))
  })
  return Promise.race([
    Comlink.wrap<{ paintPng: typeof paintPng }>(worker).paintPng(recipe, width, height, Comlink.proxy(onProgress)),
    refused,
  ])
}
