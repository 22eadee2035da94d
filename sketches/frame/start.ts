import type { Weights } from 'longhand'
import p5 from 'p5'
import { addressText } from './address.ts'
import { lastNotice, notice } from './notice.ts'
import { pageWeights } from './weights.ts'

/** Whether a preview for the gallery is being taken: the sketch plays by itself and calls `previewReady`. */
export const isPreview = addressText('preview') !== null

/**
 * Starts a sketch that writes, in p5's instance mode, once its weights are loaded.
 * @param sketch receives p5, the weights, and the element that contains the canvas
 */
export function startSketch(sketch: (p: p5, weights: Weights, container: HTMLElement) => void): void {
  start(async () => {
    const weights = await pageWeights()
    const container = document.getElementById('sketch') as HTMLElement
    new p5((p) => sketch(p, weights, container), container)
  })
}

/** Starts a sketch. A page is never blank: errors, now or later, are shown on it with file, line, and message. */
export function start(sketch: () => void | Promise<void>): void {
  addEventListener('error', ({ error, message, filename, lineno }) => fail(error ?? message, filename, lineno))
  addEventListener('unhandledrejection', ({ reason }) => fail(reason))
  // Remove the line that the page came with first, so that what the sketch says at its start stays.
  Promise.resolve()
    .then(() => notice(''))
    .then(fontsReady)
    .then(sketch)
    .catch((error) => fail(error))
}

function fail(error: unknown, file = '', line = 0): void {
  const message = error instanceof Error ? error.message : String(error)
  const where = file ? `${file.split('/').at(-1)}, line ${line}: ` : placeOf(error)
  lastNotice(`Something went wrong. ${where}${message} Reload the page to try again.`)
}

/** Returns the file and line at the top of an error's stack, if the browser tells. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined
  const found = /([^/\s(@]+\.[jt]s)[^:\s]*:(\d+):\d+/.exec(stack ?? '')
  return found ? `${found[1]}, line ${found[2]}: ` : ''
}

/** Waits for the page's fonts: with others, the panel has another height, and a page another number of lines. */
async function fontsReady(): Promise<void> {
  await document.fonts.load('1em Literata').catch(() => [])
}

/** Reports that the preview for the gallery can be taken. */
export function previewReady(): void {
  document.documentElement.dataset.preview = 'ready'
}
