// How evenly the sketches run, and whether they grow: npm run measure -- pages [NAME …] [--seconds 20] [--frames 20000]
//
// Each page of dist/sketches is played in Chromium while a hand writes on it. With --frames, the page's clock runs as fast
// as the machine goes: frame times are then the work of a frame alone, without waiting for a screen, and say nothing of
// frames a second. The heap is taken after a collection, 2 s after the start and at the end.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { dist } from './build/all.ts'
import { root } from './build/root.ts'
import { findSketches } from './build/sketch.ts'
import { launchChromium } from './chromium.ts'
import { VisitorsHand } from './measure/visitors-hand.ts'
import { serveFolder } from './static-server.ts'

const TICK = 16 // ms of the fast clock a frame
const WARM = 2 // seconds

interface Measured {
  frames: number[]
  network: number[]
}
declare global {
  var longhandFrames: { reset(): void; read(): Measured }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '20' }, frames: { type: 'string' } },
})
const seconds = positive('seconds', values.seconds)
const frames = values.frames === undefined ? undefined : Math.ceil(positive('frames', values.frames))
const sketches = (await findSketches(join(root, 'sketches'), { previews: false })).map(({ name }) => name)
const unknown = positionals.find((name) => !sketches.includes(name))
if (unknown) throw new Error(`Got ${unknown} when expected some of ${sketches.join(', ')}.`)

const server = await serveFolder(join(dist, 'sketches'))
const browser = await launchChromium()
try {
  console.log('page             frames   frames/s     ms/frame 50 %   95 %     network 50 %   95 %   most     heap MB')
  for (const name of sketches) {
    if (positionals.length === 0 || positionals.includes(name)) console.log(await measure(browser, name))
  }
} finally {
  await browser.close()
  await server.close()
}

async function measure(browser: Browser, name: string): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  try {
    const hand = new VisitorsHand(page)
    await page.addInitScript({ path: join(import.meta.dirname, 'measure/frames.js') })
    if (frames) {
      await page.clock.install({ time: 0 })
      await page.clock.pauseAt(1e6)
    }
    await page.goto(`${server.url}${name}/index.html#seed=7`)
    const play = (time: number) => (frames ? playFast(page, hand, time) : playLive(page, hand, time))
    await play(WARM)
    const devtools = await page.context().newCDPSession(page)
    const before = await heap(devtools)
    await page.evaluate(() => longhandFrames.reset())
    const start = performance.now()
    await play(frames ? (frames * TICK) / 1000 : seconds)
    const took = (performance.now() - start) / 1000
    const measured = await page.evaluate(() => longhandFrames.read())
    return row(name, measured, frames ? undefined : took, [before, await heap(devtools)])
  } finally {
    await page.close()
  }
}

async function playLive(page: Page, hand: VisitorsHand, seconds: number): Promise<void> {
  const start = performance.now()
  for (let time = 0; time < seconds; time = (performance.now() - start) / 1000) {
    await Promise.all([hand.at(time), page.waitForTimeout(TICK)])
  }
}

async function playFast(page: Page, hand: VisitorsHand, seconds: number): Promise<void> {
  for (let time = 0; time < seconds; time += 0.1) {
    await hand.at(time)
    await page.clock.runFor(100)
  }
}

async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.collectGarbage')
  return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6
}

function row(name: string, { frames, network }: Measured, took: number | undefined, heaps: number[]): string {
  const ms = (value: number) => value.toFixed(1).padStart(7)
  return [
    name.padEnd(15),
    String(frames.length).padStart(8),
    took ? (frames.length / took).toFixed(1).padStart(11) : '–'.padStart(11),
    `${ms(quantile(frames, 0.5)).padStart(18)}${ms(quantile(frames, 0.95))}`,
    `${ms(quantile(network, 0.5)).padStart(17)}${ms(quantile(network, 0.95))}${ms(Math.max(...network))}`,
    `     ${heaps.map((megabytes) => megabytes.toFixed(2)).join(' → ')}`,
  ].join('')
}

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(Math.floor(q * sorted.length), sorted.length - 1)] ?? Number.NaN
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new Error(`Got --${name} ${text} when expected a number above 0.`)
}
