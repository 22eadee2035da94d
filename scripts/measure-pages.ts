// Measures how evenly the sketches run: npm run measure -- pages [NAME …] [--seconds 20] [--controls 'paths=50&length=10']
//
// Plays each page of dist/sketches in Chromium while a hand writes on it; --controls sets them as an address does.
// measure-soak.ts measures memory over a long time.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { quantile } from './bench/timing.ts'
import { dist } from './build/all.ts'
import { launchChromium } from './chromium.ts'
import { namesOfPages, positive } from './measure/arguments.ts'
import { VisitorsHand } from './measure/visitors-hand.ts'
import { serveFolder } from './static-server.ts'

const TICK = 16 // ms
const SHARE = 8 // ms per frame that the network may take
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
  options: { seconds: { type: 'string', default: '20' }, controls: { type: 'string', default: '' } },
})
const seconds = positive('seconds', values.seconds)
const names = await namesOfPages(positionals)

const server = await serveFolder(join(dist, 'sketches'))
const browser = await launchChromium()
try {
  console.log('page             frames   frames/s     ms/frame 50 %   95 %     network 50 %   95 %   most   over 8')
  for (const name of names) console.log(await measure(browser, name))
} finally {
  await browser.close()
  await server.close()
}

async function measure(browser: Browser, name: string): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  try {
    const hand = new VisitorsHand(page.mouse)
    await page.addInitScript({ path: join(import.meta.dirname, 'measure/frames.js') })
    await page.goto(`${server.url}${name}/index.html#${new URLSearchParams(`seed=7&${values.controls}`)}`)
    await play(page, hand, WARM)
    await page.evaluate(() => longhandFrames.reset())
    const start = performance.now()
    await play(page, hand, seconds)
    const took = (performance.now() - start) / 1000
    return row(name, await page.evaluate(() => longhandFrames.read()), took)
  } finally {
    await page.close()
  }
}

async function play(page: Page, hand: VisitorsHand, seconds: number): Promise<void> {
  const start = performance.now()
  for (let time = 0; time < seconds; time = (performance.now() - start) / 1000) {
    await Promise.all([hand.at(time), page.waitForTimeout(TICK)])
  }
}

function row(name: string, { frames, network }: Measured, took: number): string {
  const ms = (value: number) => value.toFixed(1).padStart(7)
  return [
    name.padEnd(15),
    String(frames.length).padStart(8),
    (frames.length / took).toFixed(1).padStart(11),
    `${ms(quantile(frames, 0.5)).padStart(18)}${ms(quantile(frames, 0.95))}`,
    `${ms(quantile(network, 0.5)).padStart(17)}${ms(quantile(network, 0.95))}${ms(Math.max(...network))}`,
    String(network.filter((took) => took > SHARE).length).padStart(9),
  ].join('')
}
