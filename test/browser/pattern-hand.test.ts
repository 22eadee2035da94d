import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from './chromium.ts'
import { until, useP5Version1 } from './handwriting.ts'

const browser = useBrowser()
const desk = { viewport: { width: 640, height: 420 } }
const address = () => browser.url('sketches/pattern-hand/index.html#seed=3&speed=4')

interface Seen {
  /** pixels that differ from the paper */
  ink: number
  /** number of shades of the ink, of 64 */
  shades: number
  /** pixels of ink in the lower part, where nothing is written yet */
  below: number
}

/** Measures the ink on the canvas. @param paper the paper's color */
function look(page: Page, paper = [250, 247, 240]): Promise<Seen> {
  return page.evaluate((paper) => {
    const canvas = document.querySelector('#sketch canvas') as HTMLCanvasElement
    const { width, height } = canvas
    const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, width, height)
    const shades = new Map<number, number>()
    let ink = 0
    let below = 0
    for (let n = 0; n < width * height; n++) {
      const [red, green, blue, alpha] = data.subarray(4 * n, 4 * n + 4)
      if (alpha === 0) continue // nothing is drawn yet
      if (Math.abs(red - paper[0]) + Math.abs(green - paper[1]) + Math.abs(blue - paper[2]) < 120) continue
      ink++
      if (n > 0.6 * width * height) below++
      const shade = (red >> 6) * 16 + (green >> 6) * 4 + (blue >> 6)
      shades.set(shade, (shades.get(shade) ?? 0) + 1)
    }
    return { ink, below, shades: [...shades.values()].filter((count) => count > 20).length }
  }, paper)
}

test('writes wide letters of many colors, in light mode with p5 2.x and in dark mode with p5 1.x', async () => {
  for (const [colorScheme, paper] of [
    ['light', [250, 247, 240]],
    ['dark', [20, 22, 27]],
  ] as const) {
    const { page, complaints } = await browser.open('about:blank', { ...desk, colorScheme })
    if (colorScheme === 'dark') await useP5Version1(page)
    await page.goto(address())
    await until(async () => (await look(page, [...paper]))?.ink).toBeGreaterThan(2000)
    await until(async () => (await look(page, [...paper])).shades).toBeGreaterThan(4)
    expect(complaints).toEqual([])
    await page.close()
  }
})

test('shows the picture around a pressed pointer, and hides it again after the release', async () => {
  const { page } = await browser.open(address(), { viewport: { width: 900, height: 640 } })
  await until(async () => (await look(page)).ink).toBeGreaterThan(200)
  await page.locator('#pause').click() // pauses the letters, but not the pointer
  const { below } = await look(page)
  await page.mouse.move(450, 470)
  await page.mouse.down()
  await until(async () => (await look(page)).below).toBeGreaterThan(below + 500)
  await page.mouse.up()
  await until(async () => (await look(page)).below).toBeLessThan(below + 100)
  await page.close()
})

test('saves its letters as paths, and keeps them when a phone is rotated', async () => {
  const { page, complaints } = await browser.open(address(), { viewport: { width: 900, height: 640 } })
  await until(async () => (await look(page)).ink).toBeGreaterThan(800)
  await page.keyboard.press(' ')
  const { ink } = await look(page)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
  const svg = await readFile(await download.path(), 'utf8')
  expect(svg.match(/<path/g)?.length).toBeGreaterThan(0)
  await page.setViewportSize({ width: 640, height: 900 })
  await until(() => page.evaluate(() => document.querySelector('#sketch canvas')?.clientWidth)).toBe(640)
  await until(async () => (await look(page)).ink).toBeGreaterThan(0.5 * ink)
  expect(complaints).toEqual([])
  await page.close()
})
