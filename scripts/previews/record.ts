import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { BuildError, shortPath } from '../build/build-error.ts'
import type { Sketch } from '../build/sketch.ts'

const ASKED = '#seed=14&speed=4&preview' // the seed of a hand that can be read
const FRAME = 16 // ms
const STEP = 96 // ms: how often a page is asked whether it is ready
const PATIENCE = 60_000 // ms
const PLAIN = 18_000 // ms that a sketch in plain JavaScript gets to draw: hello has filled most of its sheet then

export interface Recording {
  /** What the page showed at even times, PNG. */
  frames: Buffer[]
  /** What it showed when it was ready, PNG. */
  still: Buffer
}

/**
 * The pictures of a sketch from its start until it says that it looks good. The page's clock is ours: its time goes on
 * from step to step and stands still for a picture, so that a seed gives the same pictures on any machine.
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

/** Our clock stands still within a frame, and work that may take some ms of it would never end: here, asking takes time. */
function askingTakesTime(): void {
  const now = performance.now.bind(performance)
  let asked = 0
  performance.now = () => now() + 0.1 * asked++
}

/** The drawing alone: style.css hides the rest of a page that has data-preview. */
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
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  try {
    await page.clock.install({ time: 0 })
    await page.clock.pauseAt(1e6)
    await page.addInitScript(askingTakesTime)
    await page.goto(`${url}${name}/index.html${ASKED}`)
    for (let time = step; time <= PATIENCE; time += step) {
      await page.clock.runFor(step)
      const done =
        source === 'sketch.js' // it says nothing of previews, so that it stays a listing to learn from
          ? time >= PLAIN
          : await page.evaluate(() => document.documentElement.dataset.preview === 'ready')
      await watch(page, time, done)
      if (done) return time
    }
    throw new Error('It never said that it is ready.')
  } catch (error) {
    throw new BuildError(
      [
        `${shortPath(join(folder, source))} gave no picture: with ${ASKED} in the address, it should set`,
        `document.documentElement.dataset.preview = 'ready' once it looks good, within ${PATIENCE / 1000} s.`,
        ...(complaints.length > 0 ? ['The page says:', ...complaints] : [(error as Error).message]),
      ].join('\n'),
    )
  } finally {
    await page.close()
  }
}
