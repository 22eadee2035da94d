// Measures the memory of sketches over a long time: npm run measure -- soak [NAME …] [--frames 20000]
//
// Plays each page of dist/sketches in Chromium with a virtual clock (measure/clock.js) at 60 frames per second, while a
// hand writes loops for three seconds and rests for two, at 30 events per second, sent in batches. Prints the memory of
// the page in MB after garbage collection, 2 s after the start and after each quarter: JavaScript heap and array buffers.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, CDPSession } from 'playwright-core'
import { dist } from './build/all.ts'
import { launchChromium } from './chromium.ts'
import { namesOfPages, positive } from './measure/arguments.ts'
import { TimedMouse } from './measure/timed-mouse.ts'
import { VisitorsHand } from './measure/visitors-hand.ts'
import { serveFolder } from './static-server.ts'

const RATE = 60 // frames per second of the virtual clock
const WARM = 120 // frames
const BATCH = 12 // frames, with the events in them
const EVENT = 2 // frames per event
const WINDOW = { width: 800, height: 500 } // small, to save painting
const PARTS = 4

declare global {
  var longhandClock: { play(frames: number): Promise<void> }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { frames: { type: 'string', default: '20000' } },
})
const frames = Math.ceil(positive('frames', values.frames))
const names = await namesOfPages(positionals)

const server = await serveFolder(join(dist, 'sketches'))
const browser = await launchChromium()
try {
  const at = Array.from({ length: PARTS + 1 }, (_, n) => `frame ${Math.round((n * frames) / PARTS)}`.padStart(14))
  console.log(`${'page'.padEnd(14)}${at.join('')}   MB`)
  for (const name of names) await soak(browser, name)
} finally {
  await browser.close()
  await server.close()
}

async function soak(browser: Browser, name: string): Promise<void> {
  const page = await browser.newPage({ viewport: WINDOW })
  const failures: string[] = []
  page.on('pageerror', ({ message }) => failures.push(message))
  try {
    await page.addInitScript({ path: join(import.meta.dirname, 'measure/clock.js') })
    await page.goto(`${server.url}${name}/index.html#seed=7`)
    const devtools = await page.context().newCDPSession(page)
    const mouse = new TimedMouse(devtools, (await page.evaluate(() => performance.timeOrigin)) / 1000)
    const hand = new VisitorsHand(mouse)
    let frame = 0
    const play = async (count: number) => {
      for (const end = frame + count; frame < end; ) {
        const next = Math.min(frame + BATCH, end)
        const done: Promise<void>[] = []
        for (let at = frame; at < next; at += EVENT) {
          mouse.time = at / RATE
          done.push(hand.at(mouse.time))
        }
        await Promise.all(done)
        await page.evaluate((frames) => longhandClock.play(frames), next - frame)
        frame = next
      }
    }
    const print = async () => process.stdout.write((await memory(devtools)).toFixed(1).padStart(14))
    process.stdout.write(name.padEnd(14))
    await play(WARM)
    await print()
    for (let part = 0; part < PARTS; part++) {
      await play(Math.ceil(frames / PARTS))
      await print()
    }
    console.log(failures.map((failure) => `   ${failure}`).join(''))
  } finally {
    await page.close()
  }
}

async function memory(devtools: CDPSession): Promise<number> {
  for (let round = 0; round < 2; round++) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage')
  return (usedSize + backingStorageSize) / 1e6
}
