import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'
import { maximizeSpeed } from './ink.ts'
import { inkIn, stroke } from './picture.ts'

const browser = useBrowser()
const wall = { width: 960, height: 600 }
const strip = { x: 0, y: 50, width: 960, height: 60 }
const hill = { x: 60, y: 115, width: 420, height: 250 }
const pile = { x: 60, y: 378, width: 420, height: 140 }
const right = { x: 490, y: 110, width: 420, height: 405 }
const patient = { timeout: 30_000, interval: 200 }
const oldP5 = join(root, 'node_modules/p5-v1/lib/p5.min.js')

const address = (hash: string) => browser.url(`sketches/mixture/index.html#${hash}`)
const picture = async (page: Page) => (await page.screenshot({ clip: right })).toString('base64')

/** Waits until two pictures in a row are the same. */
async function stillPicture(page: Page): Promise<string> {
  let last = ''
  await expect
    .poll(async () => {
      const before = last
      last = await picture(page)
      return last === before
    }, patient)
    .toBe(true)
  return last
}

describe('the mixture sketch', () => {
  for (const version of ['p5 2', 'p5 1'])
    test(`takes one step per key press, and is still in between (${version})`, async () => {
      const { page, complaints } = await browser.open('about:blank', { viewport: wall })
      if (version === 'p5 1') await page.route('**/lib/p5.min.js', (route) => route.fulfill({ path: oldP5 }))
      await page.goto(address('seed=5&speed=4'))
      await maximizeSpeed(page)
      await expect.poll(async () => (await inkIn(page, strip)).count, patient).toBeGreaterThan(150)
      await page.keyboard.press('Space')
      expect(await page.locator('#pause').textContent()).toContain('resume')
      const first = await stillPicture(page)
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => picture(page), patient).not.toBe(first)
      const second = await stillPicture(page)
      expect(second).not.toBe(first)
      await page.keyboard.press('Space')
      await expect.poll(() => picture(page), patient).not.toBe(second)
      expect(complaints).toEqual([])
      await page.close()
    })

  test('draws its twenty components closer together at a low temperature, and the dots with them', async () => {
    const { page, complaints } = await browser.open(address('seed=5&speed=4&temperature=1.2'), { viewport: wall })
    await expect.poll(async () => (await inkIn(page, pile)).redColumns, patient).toBeGreaterThan(150)
    const hot = await inkIn(page, hill)
    const slider = page.locator('#temperature')
    await slider.focus()
    await page.keyboard.press('Home')
    expect(await page.locator('label:has(#temperature) output').textContent()).toBe('0.10')
    // the dots of the old temperature are gone, and new ones fall in few places
    await expect.poll(async () => (await inkIn(page, pile)).redColumns, patient).toBeLessThan(100)
    const columnsOfFullPile = async () => {
      const { count, redColumns } = await inkIn(page, pile)
      return count > 300 ? redColumns : Number.POSITIVE_INFINITY
    }
    await expect.poll(columnsOfFullPile, patient).toBeLessThan(100)
    // the hill is narrow once the last dots of the old temperature have fallen from it
    await expect.poll(async () => (await inkIn(page, hill)).columns, patient).toBeLessThan(0.5 * hot.columns)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('gives the arrow keys back to the page after a drag, but not when a slider has the keyboard focus', async () => {
    const { page } = await browser.open(address('seed=5'), { viewport: wall })
    const number = () => page.locator('label:has(#temperature) output').textContent()
    const box = (await page.locator('#temperature').boundingBox()) as NonNullable<unknown> & typeof right
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + 5, box.y + box.height / 2, { steps: 3 })
    await page.mouse.up()
    const dragged = await number()
    expect(Number(dragged)).toBeLessThan(0.3)
    await page.keyboard.press('ArrowRight')
    expect(await number()).toBe(dragged)
    expect(await page.locator('#pause').textContent()).toContain('resume')
    await page.locator('#temperature').focus()
    await page.keyboard.press('ArrowRight')
    expect(Number(await number())).toBeCloseTo(Number(dragged) + 0.05, 5)
    await page.close()
  })

  for (const finger of ['touch', 'pen'] as const)
    test(`takes a step when a ${finger} taps the button on a phone, and still draws after a rotation`, async () => {
      const viewport = { width: 390, height: 844 }
      const { page, complaints } = await browser.open(address('seed=5&speed=4'), {
        viewport,
        hasTouch: finger === 'touch',
      })
      const { x, y } = (await page.locator('#step').boundingBox()) as typeof right
      await stroke(page, finger, [[x + 20, y + 20]])
      await expect.poll(() => page.locator('#pause').textContent(), patient).toContain('resume')
      await page.keyboard.press('Space')
      await expect
        .poll(async () => (await inkIn(page, { x: 0, y: 50, width: 390, height: 60 })).count, patient)
        .toBeGreaterThan(80)
      await page.setViewportSize({ width: 844, height: 390 })
      await expect
        .poll(async () => (await inkIn(page, { x: 0, y: 20, width: 844, height: 250 })).count, patient)
        .toBeGreaterThan(300)
      expect(complaints).toEqual([])
      await page.close()
    })
})
