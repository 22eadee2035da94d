import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'
import { maximizeSpeed } from './ink.ts'
import { inkIn, inkInEach, stroke } from './picture.ts'

const browser = useBrowser()
const wall = { width: 960, height: 600 }
const patient = { timeout: 40_000, interval: 200 }
const oldP5 = join(root, 'node_modules/p5-v1/lib/p5.min.js')

const address = (hash: string) => browser.url(`sketches/branch/index.html#${hash}`)

/** Opens the page and waits until part of the line at the top is written. */
async function open(hash: string, version = 'p5 2') {
  const { page, complaints } = await browser.open('about:blank', { viewport: wall })
  if (version === 'p5 1') await page.route('**/lib/p5.min.js', (route) => route.fulfill({ path: oldP5 }))
  await page.goto(address(hash))
  await expect.poll(async () => (await inkIn(page, { ...top, width: 500 })).columns, patient).toBeGreaterThan(180)
  return { page, complaints }
}

const top = { x: 0, y: 58, width: 960, height: 38 }
/** Returns the area of one branch; they are stacked from top to bottom. */
const row = (n: number) => ({ x: 290, y: Math.round(112 + 38.2 * n), width: 600, height: 30 })
const rows = Array.from({ length: 10 }, (_, n) => row(n))
const rowsInk = (page: Page) => inkInEach(page, rows)

describe('the branch sketch', () => {
  for (const version of ['p5 2', 'p5 1'])
    test(`continues from a point of the line at ten temperatures, in redder ink for higher ones (${version})`, async () => {
      const { page, complaints } = await open('seed=11&speed=4', version)
      expect(Math.max(...(await rowsInk(page)).map(({ count }) => count))).toBe(0)
      await page.mouse.click(200, 80)
      await maximizeSpeed(page)
      await expect
        .poll(async () => Math.min(...(await rowsInk(page)).map(({ count }) => count)), patient)
        .toBeGreaterThan(120)
      const inks = await rowsInk(page)
      expect(inks[4].warmth - inks[0].warmth).toBeGreaterThan(20)
      expect(inks[9].warmth - inks[4].warmth).toBeGreaterThan(20)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('branches at the pen on the space bar, and moves the branching point by the arrow keys', async () => {
    const { page } = await open('seed=11&speed=2')
    await page.keyboard.press('Space')
    expect(await page.locator('#branch').textContent()).toContain('again')
    await expect.poll(async () => (await inkIn(page, row(3))).count, patient).toBeGreaterThan(40)
    const before = await page.screenshot({ clip: top })
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowLeft')
    await expect.poll(async () => before.equals(await page.screenshot({ clip: top })), patient).toBe(false)
    await page.keyboard.press('r')
    await expect.poll(async () => (await inkIn(page, row(3))).count, patient).toBe(0)
    await page.close()
  })

  for (const finger of ['touch', 'pen'] as const)
    test(`keeps the dot under a ${finger} that moves along the line`, async () => {
      const { page, complaints } = await open('seed=11&speed=4')
      const dot = async (x: number) => (await inkIn(page, { x: x - 14, y: 58, width: 28, height: 60 })).redColumns
      const cdp = await page.context().newCDPSession(page)
      if (finger === 'touch') await cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true })
      expect(await dot(200)).toBe(0)
      await stroke(page, finger, [
        [120, 80],
        [160, 80],
        [200, 80],
      ])
      await expect.poll(() => dot(200), patient).toBeGreaterThan(5)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('saves a layer for the line and one for every branch', async () => {
    const { page } = await open('seed=11&speed=4')
    await page.mouse.click(200, 80)
    await maximizeSpeed(page)
    await expect.poll(async () => (await inkIn(page, row(9))).count, patient).toBeGreaterThan(60)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    const svg = await readFile((await download.path()) as string, 'utf8')
    const labels = [...svg.matchAll(/inkscape:label="([^"]+)"/g)].map(([, label]) => label)
    expect(labels).toEqual([
      'line',
      ...Array.from({ length: 10 }, (_, n) => `temperature ${((n + 1) / 10).toFixed(1)}`),
    ])
    await page.close()
  })

  test('keeps its branches when the window is rotated', async () => {
    const { page } = await open('seed=11&speed=4')
    await page.mouse.click(200, 80)
    await maximizeSpeed(page)
    await expect.poll(async () => (await inkIn(page, row(9))).count, patient).toBeGreaterThan(60)
    await page.setViewportSize({ width: 390, height: 844 })
    const below = { x: 30, y: 130, width: 360, height: 480 }
    await expect.poll(async () => (await inkIn(page, below)).count, patient).toBeGreaterThan(600)
    await page.close()
  })
})
