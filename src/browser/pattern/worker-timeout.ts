import type { TileWorker } from '../../pattern/paint/tile-workers.ts'

/** A worker did not answer in time. */
export class WorkerTimeoutError extends Error {
  override name = 'WorkerTimeoutError'
}

/** Seconds to wait for an answer: hundreds of times what one usually takes. */
const TIMEOUT = 8

/**
 * Adds a timeout to a worker, because one that hangs reports nothing, not even an error.
 * @param timeout seconds. They are counted one at a time, so that a suspended page counts at most one while suspended.
 * @returns a worker whose promise rejects with a WorkerTimeoutError after that time
 */
export function withTimeout(worker: TileWorker, timeout = TIMEOUT): TileWorker {
  return (...task) =>
    new Promise((resolve, reject) => {
      let seconds = 0
      const timer = setInterval(() => {
        if (++seconds < timeout) return
        clearInterval(timer)
        reject(new WorkerTimeoutError(`Expected pixels within ${timeout} seconds, got no answer.`))
      }, 1000)
      worker(...task)
        .finally(() => clearInterval(timer))
        .then(resolve, reject)
    })
}
