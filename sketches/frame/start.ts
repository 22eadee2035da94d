import { notice } from './notice.ts'

/** Starts a sketch. A page is never blank: whatever goes wrong, now or later, is said on it. */
export function start(sketch: () => void | Promise<void>): void {
  const failed = (reason: unknown) => {
    const message = reason instanceof Error ? reason.message : String(reason)
    notice(`Something went wrong: ${message} Reload the page to try again.`)
  }
  addEventListener('error', (event) => failed(event.error ?? event.message))
  addEventListener('unhandledrejection', (event) => failed(event.reason))
  // The line that the page came with goes first: what the sketch itself has to say as it begins, stays.
  Promise.resolve()
    .then(() => notice(''))
    .then(lettersReady)
    .then(sketch)
    .catch(failed)
}

/** Waits for the page's letters: with others the panel is of another height, and a page has another number of lines. */
async function lettersReady(): Promise<void> {
  await document.fonts.load('1em Literata').catch(() => [])
}

/** The picture for the gallery may be taken now. */
export function previewReady(): void {
  document.documentElement.dataset.preview = 'ready'
}
