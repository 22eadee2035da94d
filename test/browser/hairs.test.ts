import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'
import { draw, huesIn, type Instrument, inkedPlaces, loops } from './hand.ts'
import { frames } from './ink.ts'

const browser = useBrowser()
const wall = { width: 960, height: 600 }
const phone = { width: 390, height: 844 }
const patient = { timeout: 40_000, interval: 200 }
const oldP5 = join(root, 'node_modules/p5-v1/lib/p5.min.js')

const address = (hash: string) => browser.url(`sketches/hairs/index.html#${hash}`)
const sheet = { x: 0, y: 60, width: 960, height: 440 }

async function turn(page: Page, slider: string, key: 'Home' | 'End') {
  await page.locator(`#${slider}`).focus()
  await page.keyboard.press(key)
}

describe('the hairs sketch', () => {
  for (const version of ['p5 2', 'p5 1'])
    test(`grows more and more hairs on both sides of the network's line (${version})`, async () => {
      const { page, complaints } = await browser.open('about:blank', { viewport: wall })
      if (version === 'p5 1') await page.route('**/lib/p5.min.js', (route) => route.fulfill({ path: oldP5 }))
      await page.goto(address('seed=3&speed=4'))
      await expect.poll(async () => (await huesIn(page, sheet)).ink, patient).toBeGreaterThan(500)
      await expect
        .poll(async () => {
          const { accent, cool } = await huesIn(page, sheet)
          return Math.min(accent, cool)
        }, patient)
        .toBeGreaterThan(300)
      const { accent, cool } = await huesIn(page, sheet)
      await expect
        .poll(async () => {
          const now = await huesIn(page, sheet)
          return now.accent + now.cool
        }, patient)
        .toBeGreaterThan((accent + cool) * 1.1)
      expect(complaints).toEqual([])
      await page.close()
    })

  for (const instrument of ['mouse', 'touch', 'pen'] as Instrument[])
    test(`replaces the network's line by what a visitor writes with a ${instrument}, and grows hairs on it`, async () => {
      const viewport = instrument === 'touch' ? phone : wall
      const { page, complaints } = await browser.open(address('seed=3&speed=10'), {
        viewport,
        hasTouch: instrument === 'touch',
      })
      const elsewhere = { x: 0, y: 300, width: viewport.width, height: 200 }
      const written = { x: 60, y: 90, width: 240, height: 140 }
      await expect.poll(async () => (await huesIn(page, elsewhere)).ink, patient).toBeGreaterThan(100)
      const word = loops(90, 190, 26)
      await draw(page, instrument, word)
      await frames(page, 3) // the page draws ink in its next frame
      expect(await inkedPlaces(page, word)).toBe(word.length)
      await expect
        .poll(async () => {
          const { accent, cool } = await huesIn(page, written)
          return Math.min(accent, cool)
        }, patient)
        .toBeGreaterThan(150)
      expect((await huesIn(page, elsewhere)).ink).toBe(0)

      await draw(page, instrument, loops(200, 190, 26))
      await frames(page, 3)
      expect(await inkedPlaces(page, word), 'the first word is still there').toBe(word.length)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('grows longer hairs for a larger length and variation', async () => {
    const { page } = await browser.open(address('seed=3&speed=10&variation=1.5&length=20'), { viewport: wall })
    const reach = async (colored: number) => {
      await expect.poll(async () => (await huesIn(page, sheet)).accent, patient).toBeGreaterThan(colored)
      const { top, bottom } = await huesIn(page, sheet)
      return bottom - top
    }
    const far = await reach(1500)
    await turn(page, 'variation', 'Home')
    await turn(page, 'length', 'Home')
    expect(await page.locator('label', { hasText: 'Length' }).locator('output').textContent()).toBe('5')
    await expect.poll(async () => (await huesIn(page, sheet)).accent, patient).toBeLessThan(1500)
    expect(await reach(150)).toBeLessThan(0.8 * far)
    await expect.poll(() => page.evaluate(() => location.hash)).toContain('length=5')
    await page.close()
  })

  test('keeps the hairs and the visitor’s line when the window is rotated', async () => {
    const { page } = await browser.open(address('seed=3'), { viewport: wall })
    await expect.poll(() => page.locator('#sketch canvas').count(), patient).toBe(1)
    await draw(page, 'mouse', loops(500, 190, 40))
    await frames(page, 3)
    const middle = { x: 480, y: 80, width: 320, height: 140 }
    const { ink } = await huesIn(page, middle)
    await page.setViewportSize({ width: 390, height: 844 })
    const all = { x: 0, y: 60, width: 390, height: 500 }
    await expect.poll(async () => (await huesIn(page, all)).ink, patient).toBeGreaterThan(80)
    // loops in one direction have nearly all their hairs on one side
    const hairs = async () => {
      const { accent, cool } = await huesIn(page, all)
      return accent + cool
    }
    await expect.poll(hairs, patient).toBeGreaterThan(2000)
    await page.setViewportSize(wall)
    await expect.poll(async () => (await huesIn(page, middle)).ink, patient).toBeGreaterThan(0.9 * ink)
    await page.close()
  })

  test('saves the whole drawing even if the window shows it smaller', async () => {
    const { page } = await browser.open(address('seed=3'), { viewport: wall })
    await expect.poll(() => page.locator('#sketch canvas').count(), patient).toBe(1)
    await draw(page, 'mouse', loops(500, 190, 40))
    await page.setViewportSize(phone)
    await expect
      .poll(async () => (await huesIn(page, { x: 0, y: 60, width: 390, height: 500 })).ink, patient)
      .toBeGreaterThan(80)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    const svg = await readFile((await download.path()) as string, 'utf8')
    const width = Number(/viewBox="0 0 ([\d.]+) /.exec(svg)?.[1])
    const [line] = svg.split('<g ').slice(-1) as [string]
    const largest = Math.max(...[...line.matchAll(/[ML ]([\d.]+)[ ,]/g)].map(([, x]) => Number(x)))
    expect(largest).toBeGreaterThan(600) // where it was drawn
    expect(largest).toBeLessThan(width)
    await page.close()
  })

  test('saves the light theme’s colors in dark mode, and the colors that the address asks for', async () => {
    const { page } = await browser.open(address('seed=3&speed=10&ink=8a2be2'), { viewport: wall, colorScheme: 'dark' })
    await expect.poll(async () => (await huesIn(page, sheet)).cool, patient).toBeGreaterThan(300)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    const svg = await readFile((await download.path()) as string, 'utf8')
    const colors = [...svg.matchAll(/<g [^>]*stroke="(#\w+)"/g)].map(([, color]) => color)
    expect(new Set(colors)).toEqual(new Set(['#d1495b', '#2a7d8c', '#8a2be2']))
    await page.close()
  })

  test('saves one layer for each side and one for the line, ready for a plotter', async () => {
    const { page } = await browser.open(address('seed=3&speed=10'), { viewport: wall })
    await expect.poll(async () => (await huesIn(page, sheet)).cool, patient).toBeGreaterThan(300)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    const svg = await readFile((await download.path()) as string, 'utf8')
    expect(svg).toMatch(/width="254mm"/)
    const layers = svg.split('<g ').slice(1)
    expect(layers.map((layer) => /label="(\w+)"/.exec(layer)?.[1])).toEqual(['right', 'left', 'line'])
    const [right, left, line] = layers.map((layer) => layer.split('<path').length - 1)
    expect(Math.min(right, left)).toBeGreaterThan(20)
    expect(line).toBeGreaterThan(0)
    const picture = page.waitForEvent('download')
    await page.keyboard.press('p')
    expect((await picture).suggestedFilename()).toMatch(/\.png$/)
    await page.close()
  })
})
