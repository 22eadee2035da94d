import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { describe, expect, test } from 'vitest'
import { useBrowser } from './chromium.ts'
import { inkGrowsTo, inkOf, patience } from './ink.ts'
import { useSite } from './site.ts'

const browser = useBrowser()
const sites = { '2': useSite({ p5: 'p5' }), '1.11': useSite({ p5: 'p5-v1' }) }
const axe = createRequire(import.meta.url).resolve('axe-core')
const viewport = { width: 420, height: 420 }
const tall = { width: 420, height: 800 } // room for all lines of this test

describe.each(['2', '1.11'] as const)('hello, on p5 %s', (version) => {
  test.each(['url', 'fileUrl'] as const)('writes from the left (%s), and starts a line at a click', async (from) => {
    const address = sites[version][from]('hello/index.html')
    const { page, complaints } = await browser.open(address, { viewport: tall, deviceScaleFactor: 2 })
    await inkGrowsTo(page, 400)
    const early = await inkOf(page)
    expect(early.left).toBeGreaterThan(4)
    expect(early.left).toBeLessThan(150)
    expect(early.colors[0]).toBe('#faf7f0')
    await inkGrowsTo(page, early.count + 200)
    expect(await page.locator('#notice').isVisible()).toBe(false)

    const { bottom } = await inkOf(page)
    await page.mouse.click(200, 300)
    await expect.poll(async () => (await inkOf(page)).bottom, patience).toBeGreaterThan(bottom + 20)
    expect((await inkOf(page)).right).toBeLessThan(tall.width)
    expect(complaints).toEqual([])
    await page.close()
  })
})

test('hello clears the page when it is full', async () => {
  const { page, complaints } = await browser.open(browser.url('sketches/hello/index.html'), { viewport })
  await inkGrowsTo(page, 600)
  await expect
    .poll(async () => {
      await page.mouse.click(200, 300)
      return (await inkOf(page)).count
    }, patience)
    .toBeLessThan(300)
  await inkGrowsTo(page, 300)
  expect(complaints).toEqual([])
  await page.close()
})

test('hello responds to a finger, and is sharp on a phone', async () => {
  const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true }
  const { page, complaints } = await browser.open(browser.url('sketches/hello/index.html'), phone)
  await inkGrowsTo(page, 300)
  const { bottom } = await inkOf(page)
  await page.touchscreen.tap(200, 600)
  await expect.poll(async () => (await inkOf(page)).bottom, patience).toBeGreaterThan(bottom + 20)
  expect(await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height])).toEqual([
    3 * 390,
    3 * 844,
  ])
  expect(complaints).toEqual([])
  await page.close()
})

test.each(['light', 'dark'] as const)('the page of hello is accessible in %s mode', async (colorScheme) => {
  const { page } = await browser.open(browser.url('sketches/hello/index.html'), {
    viewport,
    colorScheme,
    bypassCSP: true,
  })
  await inkGrowsTo(page, 20)
  await page.addScriptTag({ path: axe })
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run())
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
  // this page stays light at night, so its text must stay dark
  expect(await page.locator('.back').evaluate((link) => getComputedStyle(link).color)).toMatch(/0\.3|0\.2|rgb\(\d{2}, /)
  await page.close()
})

interface Axe {
  run(): Promise<AxeResults>
}
