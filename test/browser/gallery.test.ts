import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import { describe, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { findSketches } from '../../scripts/build/sketch.ts'
import { useBrowser } from './chromium.ts'

const browser = useBrowser()
const sketches = await findSketches(join(root, 'sketches'), { previews: true })
const fromDisk = (path: string) => pathToFileURL(join(dist, path)).href
const axe = createRequire(import.meta.url).resolve('axe-core')

describe('the gallery', () => {
  test('shows a card for every sketch, with a picture that loads and links that lead somewhere', async () => {
    const { page, complaints } = await browser.open(browser.url('sketches/'))
    expect(await page.locator('.card').count()).toBe(sketches.length)
    for (const { name } of sketches) {
      const card = page.locator('.card', { has: page.locator(`a[href="${name}/index.html"]`) })
      await card.scrollIntoViewIfNeeded()
      await expect
        .poll(() => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
        .toBeGreaterThan(0)
      for (const link of ['index.html', 'source.txt']) {
        expect((await page.request.get(browser.url(`sketches/${name}/${link}`))).status()).toBe(200)
      }
    }
    expect(complaints).toEqual([])
    await page.close()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible in ${colorScheme} colours, and fits a phone`, async () => {
      const viewport = { width: 390, height: 844 }
      const { page } = await browser.open(browser.url('sketches/'), { viewport, colorScheme, bypassCSP: true })
      await page.addScriptTag({ path: axe })
      const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run())
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
      await page.close()
    })
  }

  test('opens from a disk with its own letters', async () => {
    const { page, complaints } = await browser.open(fromDisk('sketches/index.html'))
    expect(await page.evaluate(async () => (await document.fonts.load('16px Literata')).length)).toBeGreaterThan(0)
    expect(complaints).toEqual([])
    await page.close()
  })
})

interface Axe {
  run(): Promise<AxeResults>
}
