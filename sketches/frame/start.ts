import { notice } from './notice.ts'

/** Starts a sketch. A page is never blank: whatever goes wrong, now or later, is said on it. */
export function start(sketch: () => void | Promise<void>): void {
  const failed = (reason: unknown) => {
    const message = reason instanceof Error ? reason.message : String(reason)
    notice(`Something went wrong: ${message} Reload the page to try again.`)
  }
  addEventListener('error', (event) => failed(event.error ?? event.message))
  addEventListener('unhandledrejection', (event) => failed(event.reason))
  Promise.resolve()
    .then(sketch)
    .then(() => notice(''), failed)
}

/** The picture for the gallery may be taken now. */
export function previewReady(): void {
  document.documentElement.dataset.preview = 'ready'
}
