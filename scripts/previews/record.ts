import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { BuildError, shortPath } from '../build/build-error.ts'
import type { Sketch } from '../build/sketch.ts'

const HASH = '#seed=14&speed=4&preview' // the seed of a legible hand
const FRAME = 16 // ms
const STEP = 96 // ms between checks whether the page is ready
const TIMEOUT = 60_000 // ms
const PLAIN = 18_000 // ms that a sketch in plain JavaScript draws: hello has filled most of its page then

export interface Recording {
  /** the page at even intervals, PNG */
  frames: Buffer[]
  /** the page when it is ready, PNG */
  still: Buffer
}

/**
 * Records a sketch from its start until it is ready. A virtual clock advances in steps and stops for each picture, so that
 * a seed gives the same pictures on any machine.
 */
export async function record(browser: Browser, url: string, sketch: Sketch, count: number): Promise<Recording> {
  const ready = await play(browser, url, sketch, STEP, async () => {})
  const step = FRAME * Math.max(1, Math.min(Math.floor(ready / count / FRAME), STEP / FRAME))
  const frames: Buffer[] = []
  let still: Buffer | undefined
  await play(browser, url, sketch, step, async (page, time, done) => {
    const due = frames.length < count && time >= (frames.length * ready) / count
    if (!due && !done) return
    const picture = await photograph(page)
    if (due) frames.push(picture)
    if (done) still = picture
  })
  if (!still) throw new Error('Expected a picture of the last frame, got none.')
  return { frames, still }
}

/** Makes each call of performance.now advance the clock, which stops within a frame: work with a time budget would not end. */
function advancePerCall(): void {
  const now = performance.now.bind(performance)
  let calls = 0
  performance.now = () => now() + 0.1 * calls++
}

/** Takes a picture of the drawing; style.css hides the rest of a page with data-preview. */
async function photograph(page: Page): Promise<Buffer> {
  await page.evaluate(() => document.documentElement.toggleAttribute('data-preview', true))
  const picture = await page.screenshot({ animations: 'disabled' })
  await page.evaluate(() => document.documentElement.removeAttribute('data-preview'))
  return picture
}

/** Runs a sketch until it is ready. Returns its time then, in ms. */
async function play(
  browser: Browser,
  url: string,
  { name, folder, source }: Sketch,
  step: number,
  watch: (page: Page, time: number, done: boolean) => Promise<void>,
): Promise<number> {
  const page = await browser.newPage({
    viewport: { width: 960, height: 600 },
    deviceScaleFactor: 1,
    colorScheme: 'light',
  })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  try {
    await page.clock.install({ time: 0 })
    await page.clock.pauseAt(1e6)
    await page.addInitScript(advancePerCall)
    await page.goto(`${url}${name}/index.html${HASH}`)
    for (let time = step; time <= TIMEOUT; time += step) {
      await page.clock.runFor(step)
      const done =
        source === 'sketch.js' // does not set dataset.preview, to stay a simple listing
          ? time >= PLAIN
          : await page.evaluate(() => document.documentElement.dataset.preview === 'ready')
      await watch(page, time, done)
      if (done) return time
    }
    throw new Error('Expected dataset.preview to become ready, got a timeout.')
  } catch (error) {
    throw new BuildError(
      [
        `${shortPath(join(folder, source))} gave no picture: with ${HASH} in the address, it should set`,
        `document.documentElement.dataset.preview = 'ready' once it looks good, within ${TIMEOUT / 1000} s.`,
        ...(errors.length > 0 ? ['The page says:', ...errors] : [(error as Error).message]),
      ].join('\n'),
    )
  } finally {
    await page.close()
  }
}
