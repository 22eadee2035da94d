import type { Weights } from 'longhand'
import p5 from 'p5'
import { addressText } from './address.ts'
import { describeError } from './describe-error.ts'
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
    new p5((p) => {
      sketch(p, weights, container)
      for (const name of ['setup', 'draw', 'windowResized'] as const) report(p, name)
    }, container)
  })
}

/** Shows errors of a p5 callback. The browser's error event has no details on pages opened from a disk. */
function report(p: p5, name: 'setup' | 'draw' | 'windowResized'): void {
  const callback = p[name]
  if (!callback) return
  p[name] = () => {
    try {
      return callback.call(p)
    } catch (error) {
      fail(error)
      throw error
    }
  }
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

function fail(error: unknown, file?: string, line?: number): void {
  lastNotice(`Something went wrong. ${describeError(error, file, line)} Reload the page to try again.`)
}

/** Waits for the page's fonts: with others, the panel has another height, and a page another number of lines. */
async function fontsReady(): Promise<void> {
  await document.fonts.load('1em Literata').catch(() => [])
}

/** Reports that the preview for the gallery can be taken. */
export function previewReady(): void {
  document.documentElement.dataset.preview = 'ready'
}
