import type { Weights } from 'longhand'
import p5 from 'p5'
import { addressText } from './address.ts'
import { lastNotice, notice } from './notice.ts'
import { pageWeights } from './weights.ts'

/** Whether the picture for the gallery is to be taken: the sketch plays by itself, and says when with `previewReady`. */
export const isPreview = addressText('preview') !== null

/**
 * Starts a sketch that writes, in p5's instance mode, as soon as its weights are there.
 * @param sketch gets p5, the weights, and the element of the page that the canvas goes into
 */
export function startSketch(sketch: (p: p5, weights: Weights, sheet: HTMLElement) => void): void {
  start(async () => {
    const weights = await pageWeights()
    const sheet = document.getElementById('sketch') as HTMLElement
    new p5((p) => sketch(p, weights, sheet), sheet)
  })
}

/** Starts a sketch. A page is never blank: whatever goes wrong, now or later, is said on it. */
export function start(sketch: () => void | Promise<void>): void {
  const failed = (reason: unknown) => {
    const message = reason instanceof Error ? reason.message : String(reason)
    lastNotice(`Something went wrong: ${message} Reload the page to try again.`)
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
