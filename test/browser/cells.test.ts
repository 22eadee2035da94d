import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { encodeWeights } from '../../src/index.ts'
import { smallWeights } from '../fixtures/small-weights.ts'
import { useBrowser } from './chromium.ts'
import { draw, huesIn, inkedPlaces, loops } from './hand.ts'
import { frames } from './ink.ts'

const browser = useBrowser()
const wall = { width: 960, height: 600 }
const phone = { width: 390, height: 844 }
const patient = { timeout: 40_000, interval: 200 }
const oldP5 = join(root, 'node_modules/p5-v1/lib/p5.min.js')

const address = (hash: string) => browser.url(`sketches/cells/index.html#${hash}`)
const above = { x: 0, y: 60, width: 960, height: 150 } // the line
const below = { x: 60, y: 260, width: 400, height: 200 } // its cells

const cell = (page: Page) => page.locator('label output').textContent()
const colored = async (page: Page, clip: typeof below) => {
  const { accent, cool } = await huesIn(page, clip)
  return Math.min(accent, cool)
}

describe('the cells sketch', () => {
  for (const version of ['p5 2', 'p5 1'])
    test(`shows cells in two colors below the line, and colors the line like the row under the mouse (${version})`, async () => {
      const { page, complaints } = await browser.open('about:blank', { viewport: wall })
      if (version === 'p5 1') await page.route('**/lib/p5.min.js', (route) => route.fulfill({ path: oldP5 }))
      await page.goto(address('seed=5&speed=10'))
      await expect.poll(() => colored(page, below), patient).toBeGreaterThan(8000)
      const seen = new Set<string>()
      const cells = new Set<string | null>()
      for (const y of [280, 330, 380, 430]) {
        await page.mouse.move(300, y)
        await page.waitForTimeout(100)
        const { accent, cool } = await huesIn(page, above)
        seen.add(`${accent} ${cool}`)
        cells.add(await cell(page))
      }
      expect(seen.size).toBeGreaterThan(2)
      expect(cells.size).toBe(4)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('keeps the selected cell when the order of rows changes', async () => {
    const { page } = await browser.open(address('seed=5&speed=10'), { viewport: wall })
    await expect.poll(() => colored(page, below), patient).toBeGreaterThan(8000)
    await page.mouse.move(300, 400)
    await page.mouse.move(300, 100)
    const pointed = await cell(page)
    const before = await page.screenshot({ clip: below })
    await page.keyboard.press('o')
    await expect.poll(async () => before.equals(await page.screenshot({ clip: below })), patient).toBe(false)
    expect(await cell(page)).toBe(pointed)
    expect(await page.locator('#row').inputValue()).toBe(pointed)
    expect(await page.locator('#order').textContent()).toContain('by similarity')
    await page.locator('#row').focus()
    await page.keyboard.press('ArrowRight')
    expect(await cell(page)).toBe(String(Number(pointed) + 1))
    await page.close()
  })

  for (const instrument of ['touch', 'pen'] as const)
    test(`writes with a ${instrument} above the cells, and selects a row with it among them`, async () => {
      const options = { viewport: phone, hasTouch: instrument === 'touch' }
      const { page, complaints } = await browser.open(address('seed=3'), options)
      const map = { x: 0, y: 380, width: 390, height: 240 }
      await expect.poll(() => page.locator('#sketch canvas').count(), patient).toBe(1)
      const word = loops(100, 190, 40)
      await draw(page, instrument, word)
      await frames(page, 3) // the page draws ink in its next frame
      expect(await inkedPlaces(page, word)).toBe(word.length)
      await expect.poll(() => colored(page, map), patient).toBeGreaterThan(1000)
      expect((await huesIn(page, { ...map, width: 60 })).accent, 'nothing beside the word').toBe(0)
      const before = await cell(page)
      await draw(page, instrument, [
        [180, 400],
        [180, 480],
        [190, 560],
      ])
      await frames(page, 3)
      expect(await cell(page)).not.toBe(before)
      expect(await inkedPlaces(page, [[180, 480]]), 'no ink on the cells').toBe(0)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('refuses an invalid weights file; shows the cells of dropped weights and sorts them when it has enough data', async () => {
    const { page, complaints } = await browser.open(address('seed=5&speed=10'), { viewport: wall })
    await expect.poll(() => page.locator('#sketch canvas').count(), patient).toBe(1)
    const drop = (text: string) =>
      page.evaluate((content) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([content], 'other.json'))
        dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
      }, text)
    await drop('{}')
    await expect.poll(() => page.locator('#notice').textContent(), patient).toContain('cannot be used as weights')
    await drop(JSON.stringify(encodeWeights(smallWeights(24, 3, { spread: 0.3 }))))
    await expect.poll(() => page.locator('#row').getAttribute('max'), patient).toBe('23')
    await expect.poll(() => colored(page, { ...below, width: 100 }), patient).toBeGreaterThan(300)
    await expect.poll(() => page.locator('#order').textContent(), patient).toContain('network’s order')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('saves the colored line with one layer per color', async () => {
    const { page } = await browser.open(address('seed=5&speed=10'), { viewport: wall })
    await expect.poll(() => colored(page, below), patient).toBeGreaterThan(8000)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
    const svg = await readFile((await download.path()) as string, 'utf8')
    const layers = svg.split('<g ').slice(1)
    expect(layers.map((layer) => /label="(\w+)"/.exec(layer)?.[1])).toEqual(['above', 'below'])
    expect(Math.min(...layers.map((layer) => layer.split('<path').length))).toBeGreaterThan(3)
    await page.close()
  })
})
