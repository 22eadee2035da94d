import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { findSketches } from '../../scripts/build/sketch.ts'
import { STRIP } from '../../scripts/build/strip.ts'
import { useBrowser } from './chromium.ts'

const browser = useBrowser()
const { frames, width, height } = STRIP
const patience = { timeout: 20_000 }
const sketches = await findSketches(join(root, 'sketches'), { previews: true })
const fromDisk = (path: string) => pathToFileURL(join(dist, path)).href
const axe = createRequire(import.meta.url).resolve('axe-core')

describe('the gallery', () => {
  test('shows a card for every sketch, with a picture that loads and links that work', async () => {
    const { page, complaints } = await browser.open(browser.url('sketches/'))
    expect(await page.locator('.card').count()).toBe(sketches.length)
    for (const { name } of sketches) {
      const card = page.locator('.card', { has: page.locator(`a[href="${name}/index.html"]`) })
      await card.scrollIntoViewIfNeeded()
      await expect
        .poll(
          () =>
            card
              .locator('img')
              .first()
              .evaluate((image: HTMLImageElement) => image.naturalWidth),
          patience,
        )
        .toBeGreaterThan(0)
      for (const link of ['index.html', 'source.txt']) {
        expect((await page.request.get(browser.url(`sketches/${name}/${link}`))).status()).toBe(200)
      }
    }
    expect(complaints).toEqual([])
    await page.close()
  })

  test('plays a preview on hover and focus, and does not load it before', async () => {
    const { page, complaints } = await browser.open(browser.url('sketches/'))
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    const link = page.locator('.card > a[href="write/index.html"]')
    const strip = link.locator('.motion')
    expect(await strip.isVisible()).toBe(false)
    await page.mouse.wheel(0, 4000)
    expect(requests.filter((url) => url.includes('motion'))).toEqual([])

    await link.hover()
    await expect
      .poll(() => strip.evaluate((image: HTMLImageElement) => image.naturalHeight), patience)
      .toBe(frames * height)
    expect(await strip.evaluate(frameNow, frames)).toBeGreaterThanOrEqual(1)
    await expect.poll(() => strip.evaluate(frameNow, frames), patience).toBe(frames)
    await expect.poll(() => strip.evaluate((image) => getComputedStyle(image).opacity), patience).toBe('0')
    await page.mouse.move(0, 0)
    expect(await strip.isVisible()).toBe(false)

    await page.keyboard.press('Tab') // after a key press the focus is visible
    await link.focus()
    expect(await strip.isVisible()).toBe(true)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await strip.isVisible()).toBe(false)
    await link.hover()
    expect(await strip.isVisible()).toBe(false)
    // let a border transition in progress end
    await expect.poll(() => page.evaluate(() => document.getAnimations().length), patience).toBe(0)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('plays previews while a finger scrolls, and opens at the first tap', async () => {
    const { page } = await browser.open(browser.url('sketches/'), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    const link = page.locator('.card > a[href="write/index.html"]')
    const strip = link.locator('.motion')
    const shown: number[] = []
    for (const belowTop of [800, 640, 520, 400, 200]) {
      await link.evaluate((card, y) => scrollTo(0, card.getBoundingClientRect().top + scrollY - y), belowTop)
      // a scroll takes effect two frames later
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      shown.push(await strip.evaluate(frameNow, frames))
    }
    expect(shown).toEqual([...shown].sort((a, b) => a - b))
    expect([shown[0], shown.at(-1)]).toEqual([1, frames])
    expect(new Set(shown).size).toBeGreaterThanOrEqual(4)
    await link.tap()
    await page.waitForURL('**/write/index.html*')
    await page.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible in ${colorScheme} mode, and fits a phone`, async () => {
      const viewport = { width: 390, height: 844 }
      const { page } = await browser.open(browser.url('sketches/'), { viewport, colorScheme, bypassCSP: true })
      await page.addScriptTag({ path: axe })
      const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run())
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
      await page.close()
    })
  }

  test('opens from a disk with its own fonts', async () => {
    const { page, complaints } = await browser.open(fromDisk('sketches/index.html'))
    expect(await page.evaluate(async () => (await document.fonts.load('16px Literata')).length)).toBeGreaterThan(0)
    expect(complaints).toEqual([])
    await page.close()
  })
})

test('every motion preview has the frames that the gallery shows, and at most 150 kB', async () => {
  for (const { folder, motion } of sketches) {
    if (!motion) continue
    const file = join(folder, 'preview-motion.webp')
    const { format, width: wide, height: high } = await sharp(file).metadata()
    expect([format, wide, high]).toEqual(['webp', width, frames * height])
    expect((await stat(file)).size).toBeLessThanOrEqual(150_000)
  }
})

/** Returns which frame of a strip is visible, from 1. */
function frameNow(strip: Element, frames: number): number {
  const above = (strip.parentElement as Element).getBoundingClientRect().top - strip.getBoundingClientRect().top
  return 1 + Math.round((above / strip.getBoundingClientRect().height) * frames)
}

interface Axe {
  run(): Promise<AxeResults>
}
