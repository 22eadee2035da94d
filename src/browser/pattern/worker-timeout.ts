import type { TileWorker } from '../../pattern/paint/workers.ts'

/** A worker did not answer in time. */
export class WorkerTimeoutError extends Error {
  override name = 'WorkerTimeoutError'
}

/** seconds that a worker may take for an answer: hundreds of times what it takes as a rule */
const PATIENCE = 8

/**
 * A worker that is waited for so long and no longer: a worker that hangs says nothing, not even that it failed.
 * @param patience seconds; one in which the page itself was at rest, in another tab or with the lid down, counts once
 * @returns a worker whose promise is rejected with a WorkerTimeoutError then
 */
export function withTimeout(worker: TileWorker, patience = PATIENCE): TileWorker {
  return (...task) =>
    new Promise((resolve, reject) => {
      let seconds = 0
      const watch = setInterval(() => {
        if (++seconds < patience) return
        clearInterval(watch)
        reject(new WorkerTimeoutError(`Got no answer for ${patience} seconds when expected pixels.`))
      }, 1000)
      worker(...task)
        .finally(() => clearInterval(watch))
        .then(resolve, reject)
    })
}
