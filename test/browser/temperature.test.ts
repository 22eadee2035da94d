import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'
import { inkOf } from './ink.ts'
import { inkIn, stroke } from './picture.ts'

const browser = useBrowser()
const wall = { width: 960, height: 600 }
const sheet = { x: 0, y: 60, width: 960, height: 300 }
const patient = { timeout: 30_000, interval: 200 }
const oldP5 = join(root, 'node_modules/p5-v1/lib/p5.min.js')

const address = (hash: string) => browser.url(`sketches/temperature/index.html#${hash}`)
const number = async (page: Page) => Number(await page.locator('#bar output').textContent())

describe('the temperature sketch', () => {
  for (const version of ['p5 2', 'p5 1'])
    test(`turns the bar and the ink red at a high temperature, and blue-black at a low one (${version})`, async () => {
      const { page, complaints } = await browser.open('about:blank', { viewport: wall })
      if (version === 'p5 1') await page.route('**/lib/p5.min.js', (route) => route.fulfill({ path: oldP5 }))
      await page.goto(address('seed=3&speed=4'))
      const bar = (await page.locator('#temperature').boundingBox()) as NonNullable<
        Awaited<ReturnType<ReturnType<Page['locator']>['boundingBox']>>
      >
      const drag = async (from: number, to: number) => {
        await page.mouse.move(bar.x + from * bar.width, bar.y + bar.height / 2)
        await page.mouse.down()
        await page.mouse.move(bar.x + to * bar.width, bar.y + bar.height / 2, { steps: 4 })
        await page.mouse.up()
      }
      const written = async () => {
        await page.keyboard.press('r')
        await expect.poll(async () => (await inkIn(page, sheet)).count, patient).toBeGreaterThan(600)
        return (await inkIn(page, sheet)).warmth
      }
      await drag(0.5, 0.01)
      expect(await number(page)).toBeLessThan(0.15)
      const careful = await written()
      await drag(0.02, 0.99)
      expect(await number(page)).toBeGreaterThan(1.1)
      await expect.poll(() => page.evaluate(() => location.hash)).toContain('temperature=1.')
      const wild = await written()
      expect(careful).toBeLessThan(20)
      expect(wild).toBeGreaterThan(70)
      expect((await inkIn(page, { ...bar, height: bar.height / 2 })).redColumns).toBeGreaterThan(100)
      expect(complaints).toEqual([])
      await page.close()
    })

  for (const finger of ['touch', 'pen'] as const)
    test(`sets the temperature under a ${finger} anywhere on a phone's page`, async () => {
      const viewport = { width: 390, height: 844 }
      const { page, complaints } = await browser.open(address('seed=3'), { viewport, hasTouch: finger === 'touch' })
      await expect.poll(() => page.locator('#sketch canvas').count(), patient).toBe(1)
      await stroke(page, finger, [
        [200, 300],
        [300, 320],
        [370, 330],
      ])
      await expect.poll(() => number(page), patient).toBeGreaterThan(1.1)
      await stroke(page, finger, [
        [200, 300],
        [22, 300],
      ])
      await expect.poll(() => number(page), patient).toBe(0.1)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('writes whole letters on a phone in landscape orientation', async () => {
    const { page } = await browser.open(address('seed=3&speed=4&temperature=0.5'), {
      viewport: { width: 640, height: 304 },
    })
    const height = async () => {
      const { top, bottom } = await inkOf(page)
      return bottom - top
    }
    await expect.poll(height, patient).toBeGreaterThan(20) // an x-height is 18
    await page.close()
  })

  test('keeps the temperature when a drag starts on the panel', async () => {
    const { page } = await browser.open(address('seed=3&temperature=0.5'), { viewport: wall })
    await expect.poll(() => page.locator('#sketch canvas').count(), patient).toBe(1)
    const hint = await page.locator('#controls p').boundingBox()
    await page.mouse.move((hint?.x ?? 0) + 40, (hint?.y ?? 0) + 8)
    await page.mouse.down()
    await page.mouse.move(200, 200, { steps: 4 })
    await page.mouse.up()
    expect(await number(page)).toBe(0.5)
    await page.close()
  })

  test('changes the temperature by itself until an arrow key sets it', async () => {
    const { page } = await browser.open(address('seed=3&speed=4'), { viewport: wall })
    const first = await number(page)
    await expect.poll(async () => Math.abs((await number(page)) - first), patient).toBeGreaterThan(0.05)
    await page.keyboard.press('ArrowRight')
    const taken = await number(page)
    await page.keyboard.press('ArrowRight')
    expect(await number(page)).toBeCloseTo(taken + 0.05, 5)
    await page.keyboard.press('ArrowLeft')
    expect(await number(page)).toBeCloseTo(taken, 5)
    const { count } = await inkIn(page, sheet)
    await expect.poll(async () => (await inkIn(page, sheet)).count, patient).not.toBe(count)
    expect(await number(page)).toBeCloseTo(taken, 5)
    await page.close()
  })

  test('saves in millimeters, with one layer per tenth of temperature', async () => {
    const { page } = await browser.open(address('seed=3&speed=4'), { viewport: wall })
    const tenths = new Set<string>() // the initial one, and those that follow by themselves
    await expect.poll(async () => tenths.add((await number(page)).toFixed(1)).size, patient).toBeGreaterThan(4)
    await expect.poll(async () => (await inkIn(page, sheet)).count, patient).toBeGreaterThan(900)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    const svg = await readFile((await download.path()) as string, 'utf8')
    expect(download.suggestedFilename()).toBe('longhand-3.svg')
    expect(svg).toMatch(/width="254mm"/)
    const layers = [...svg.matchAll(/inkscape:label="temperature (\d\.\d)".*stroke="(#[0-9a-f]{6})"/g)]
    expect(layers.length).toBeGreaterThan(2)
    expect(new Set(layers.map(([, , color]) => color)).size).toBe(layers.length)
    await page.close()
  })

  test('keeps the drawing when the window is rotated', async () => {
    const { page } = await browser.open(address('seed=3&speed=4&temperature=0.5'), { viewport: wall })
    await expect.poll(async () => (await inkIn(page, sheet)).count, patient).toBeGreaterThan(900)
    await page.keyboard.press('Space')
    await page.setViewportSize({ width: 600, height: 960 })
    await expect
      .poll(async () => (await inkIn(page, { x: 0, y: 60, width: 600, height: 600 })).count, patient)
      .toBeGreaterThan(500)
    expect(await number(page)).toBe(0.5)
    await page.close()
  })
})
