import type { Helper } from '../../pattern/paint/workers.ts'

/** A helper did not answer in time. */
export class HelperError extends Error {
  override name = 'HelperError'
}

/** seconds that a helper may take for an answer: hundreds of times what it takes as a rule */
const PATIENCE = 8

/**
 * A helper that is waited for so long and no longer: a worker that hangs says nothing, not even that it failed.
 * @param patience seconds; one in which the page itself was at rest, in another tab or with the lid down, counts once
 * @returns a helper whose promise is rejected with a HelperError then
 */
export function watched(helper: Helper, patience = PATIENCE): Helper {
  return (...task) =>
    new Promise((resolve, reject) => {
      let seconds = 0
      const watch = setInterval(() => {
        if (++seconds < patience) return
        clearInterval(watch)
        reject(new HelperError(`Got no answer for ${patience} seconds when expected pixels.`))
      }, 1000)
      helper(...task)
        .finally(() => clearInterval(watch))
        .then(resolve, reject)
    })
}
