import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Opened, useBrowser } from './chromium.ts'
import { inkGrowsTo, inkIsStill, inkOf, patience } from './ink.ts'

const browser = useBrowser()
const axe = createRequire(import.meta.url).resolve('axe-core')

const open = (address: string, options: Parameters<typeof browser.open>[1] = {}): Promise<Opened> =>
  browser.open(browser.url(`sketches/write/index.html${address}`), {
    viewport: { width: 500, height: 500 },
    ...options,
  })
const asked = (page: Page, name: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(name)

describe('the controls of the write sketch', () => {
  test('show the numbers of sliders and keep them in the address', async () => {
    const { page, complaints } = await open('#seed=7&temperature=0.5', { viewport: { width: 960, height: 600 } })
    const temperature = page.getByLabel('Temperature')
    const shown = (name: string) => page.locator('label', { has: page.locator(`#${name}`) }).locator('output')
    expect(await shown('temperature').textContent()).toBe('0.50')
    expect(await shown('speed').textContent()).toBe('1.00')

    await temperature.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => shown('temperature').textContent()).toBe('0.55')
    await expect.poll(() => asked(page, 'temperature')).toBe('0.55')

    const track = (await page.getByLabel('Speed').boundingBox()) as {
      x: number
      y: number
      width: number
      height: number
    }
    const middle = track.y + track.height / 2
    await page.mouse.move(track.x + track.width * 0.2, middle)
    await page.mouse.down()
    await page.mouse.move(track.x + track.width * 0.6, middle, { steps: 4 })
    await page.mouse.move(track.x + track.width + 20, middle)
    await expect.poll(() => shown('speed').textContent()).toBe('4.00')
    await page.mouse.up()
    await expect.poll(() => asked(page, 'speed')).toBe('4')
    expect(asked(page, 'seed')).toBe('7')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('restart, pause and resume by key, and leave keys with a modifier to the browser', async () => {
    const { page, complaints } = await open('#seed=7&speed=4')
    const downloads: string[] = []
    page.on('download', (download) => downloads.push(download.suggestedFilename()))
    const pause = page.getByRole('button', { name: /pause|resume/ })
    await inkGrowsTo(page, 300)

    await page.keyboard.press(' ')
    await expect.poll(() => pause.textContent()).toContain('resume')
    expect(await inkIsStill(page)).toBe(true)
    const { count } = await inkOf(page)
    for (const key of ['Control+s', 'Control+r', 'Meta+r', 'Alt+p']) await page.keyboard.press(key)
    expect(asked(page, 'seed')).toBe('7')
    expect((await inkOf(page)).count).toBe(count)
    await page.keyboard.press(' ')
    await inkGrowsTo(page, count)
    expect(await pause.textContent()).toContain('pause')

    // a focused button keeps its own space bar
    await page.getByRole('button', { name: 'another hand' }).focus()
    await page.keyboard.press(' ')
    await expect.poll(() => asked(page, 'seed'), patience).not.toBe('7')
    expect(await pause.textContent()).toContain('pause')
    const seed = asked(page, 'seed')
    await page.keyboard.press('r')
    await expect.poll(() => asked(page, 'seed'), patience).not.toBe(seed)
    await inkGrowsTo(page, 200)
    expect(downloads).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })

  test('resume a paused page when another hand is asked for', async () => {
    const { page } = await open('#seed=7&speed=4')
    await inkGrowsTo(page, 300)
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'resume' }).waitFor()
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'pause' }).waitFor()
    await expect.poll(() => asked(page, 'seed'), patience).not.toBe('7')
    await inkGrowsTo(page, 100)
    await page.close()
  })

  test('show the seed, and return to the previous hand by the Back button', async () => {
    const { page, complaints } = await open('#seed=7&speed=4')
    const shown = () => page.locator('output.seed').textContent()
    await inkGrowsTo(page, 200)
    expect(await shown()).toBe('seed 7')
    await page.keyboard.press('r')
    await expect.poll(shown, patience).not.toBe('seed 7')
    await page.goBack()
    await expect.poll(() => asked(page, 'seed'), patience).toBe('7')
    await expect.poll(shown, patience).toBe('seed 7')
    await inkGrowsTo(page, 200)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('give the space bar back to the page after a button is clicked', async () => {
    const { page, complaints } = await open('#seed=7&speed=4')
    const downloads: string[] = []
    page.on('download', (download) => downloads.push(download.suggestedFilename()))
    await inkGrowsTo(page, 300)
    await page.getByRole('button', { name: 'save SVG' }).click()
    await page.keyboard.press(' ')
    await expect.poll(() => page.getByRole('button', { name: 'resume' }).count(), patience).toBe(1)
    expect(await inkIsStill(page)).toBe(true)
    expect(downloads).toEqual(['longhand-7.svg'])
    expect(complaints).toEqual([])
    await page.close()
  })

  test('limit address updates while an arrow key repeats, and end with the final value', async () => {
    const { page, complaints } = await browser.open(browser.url('sketches/cells/index.html#seed=7&row=100'))
    await page.locator('#notice').waitFor({ state: 'hidden' })
    await page.evaluate(() => {
      const replace = history.replaceState.bind(history)
      history.replaceState = (...given) => {
        document.body.dataset.changes = String(Number(document.body.dataset.changes ?? 0) + 1)
        replace(...given)
      }
    })
    await page.locator('#row').focus()
    for (let n = 0; n < 60; n++) await page.keyboard.press('ArrowRight')
    const row = await page.locator('#row').inputValue()
    expect(Number(row)).toBeGreaterThan(120)
    await expect.poll(() => asked(page, 'row')).toBe(row)
    expect(Number(await page.locator('body').getAttribute('data-changes'))).toBeLessThan(20)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('announce a slider’s number only once to a screen reader', async () => {
    const { page } = await open('#seed=7')
    await page.locator('#notice').waitFor({ state: 'hidden' })
    for (const output of await page.locator('output').all()) expect(await output.getAttribute('aria-live')).toBe('off')
    await page.close()
  })

  test('have buttons large enough for fingers on a phone', async () => {
    const viewport = { width: 390, height: 844 }
    const phone = { viewport, deviceScaleFactor: 3, hasTouch: true, isMobile: true }
    const { page, complaints } = await open('#seed=7&speed=4', phone)
    await inkGrowsTo(page, 1000)
    const ink = await inkOf(page)
    expect(ink.left).toBeGreaterThan(4)
    expect(ink.right).toBeLessThan(viewport.width - 4)
    expect(await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])).toEqual([390, 390])
    for (const button of await page.getByRole('button').all()) {
      const box = await button.boundingBox()
      expect(box?.height).toBeGreaterThanOrEqual(44)
      expect((box?.x ?? -1) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width)
    }
    expect(await page.locator('kbd:visible').count()).toBe(0)

    await page.getByRole('button', { name: 'pause' }).tap()
    await expect.poll(() => page.getByRole('button', { name: 'resume' }).count(), patience).toBe(1)
    expect(await inkIsStill(page)).toBe(true)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'save SVG' }).tap(),
    ])
    expect(download.suggestedFilename()).toBe('longhand-7.svg')
    await page.getByRole('button', { name: 'resume' }).tap()
    await page.getByRole('button', { name: 'another hand' }).tap()
    await expect.poll(() => asked(page, 'seed'), patience).not.toBe('7')
    await inkGrowsTo(page, 300)
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each(['light', 'dark'] as const)('are accessible with %s colors', async (colorScheme) => {
    for (const viewport of [
      { width: 390, height: 844 },
      { width: 960, height: 600 },
    ]) {
      const { page } = await open('#seed=7', { viewport, colorScheme, bypassCSP: true })
      await page.locator('#notice').waitFor({ state: 'hidden' })
      await page.addScriptTag({ path: axe })
      const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run())
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
      await page.close()
    }
  })
})

interface Axe {
  run(): Promise<AxeResults>
}
