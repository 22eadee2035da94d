import * as Comlink from 'comlink'
import { LARGEST_SIDE, type Recipe } from 'longhand'
import { notice } from '../frame/notice.ts'
import { saveBlob } from '../frame/save.ts'
import { startWorker } from '../frame/tile-workers.ts'
import { paintPng } from './png.ts'

let cancel: (() => void) | undefined

class Cancelled extends Error {}

/** The script of the worker could not be loaded. */
class WorkerUnavailable extends Error {}

addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') cancel?.()
})

/**
 * Saves a picture in the proportions of the window. Shows the progress on the page; Escape cancels. Does nothing while
 * another picture is being saved.
 * @param longer pixels of the longer side
 */
export async function savePicture(recipe: Recipe, longer: number): Promise<void> {
  if (cancel) return
  const scale = Math.min(longer, LARGEST_SIDE) / Math.max(innerWidth, innerHeight)
  const width = Math.max(1, Math.round(scale * innerWidth))
  const height = Math.max(1, Math.round(scale * innerHeight))
  const size = `${width} × ${height}`
  const report = (done: number) =>
    notice(`Painting ${size} pixels: ${Math.floor(100 * done)} %. Press Escape to cancel.`)
  report(0)
  let worker: Worker | undefined
  let isCancelled = false
  const cancelled = new Promise<never>((_, reject) => {
    cancel = () => {
      isCancelled = true
      reject(new Cancelled())
    }
  })
  const onProgress = (done: number) => {
    if (isCancelled) throw new Cancelled()
    report(done)
  }
  try {
    worker = startWorker()
    const onPage = () => paintPng(recipe, width, height, onProgress) // between its frames
    const inWorker = worker && paintInWorker(worker, recipe, width, height, onProgress)
    const painting = inWorker
      ? inWorker.catch((error) => (error instanceof WorkerUnavailable ? onPage() : Promise.reject(error)))
      : onPage()
    painting.catch(() => {}) // thrown by the race below, or cancelled
    saveBlob(await Promise.race([painting, cancelled]), `longhand-pattern-${recipe.seed}.png`)
    notice(`Saved ${size} pixels. Drop the file on this page to continue from it.`, 6)
  } catch (error) {
    if (error instanceof Cancelled) notice('Cancelled. Nothing was saved.', 4)
    else notice(`The picture could not be saved. ${(error as Error).message}`, 10)
  } finally {
    worker?.terminate()
    cancel = undefined
  }
}

function paintInWorker(
  worker: Worker,
  ...[recipe, width, height, onProgress]: Parameters<typeof paintPng>
): Promise<Blob> {
  const unavailable = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => reject(new WorkerUnavailable()))
  })
  return Promise.race([
    Comlink.wrap<{ paintPng: typeof paintPng }>(worker).paintPng(recipe, width, height, Comlink.proxy(onProgress)),
    unavailable,
  ])
}
