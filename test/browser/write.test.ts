import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Opened, useBrowser } from './chromium.ts'
import { frames, inkGrowsTo, inkOf, maximizeSpeed, patience } from './ink.ts'
import { useSite } from './site.ts'

const browser = useBrowser()
const sites = { '2': useSite({ p5: 'p5' }), '1.11': useSite({ p5: 'p5-v1' }) }

// Windows with room for one, two and three lines.
const one = { width: 400, height: 270 }
const two = { width: 400, height: 320 }
const three = { width: 400, height: 360 }

const open = (address: string, options: Parameters<typeof browser.open>[1] = {}): Promise<Opened> =>
  browser.open(browser.url(`sketches/write/index.html${address}`), options)

const controlsTop = (page: Page) =>
  page.locator('#controls').evaluate((controls) => controls.getBoundingClientRect().top)
const seedOf = (page: Page) => Number(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('seed'))
const opacityOf = (page: Page) => page.locator('#sketch').evaluate((sketch) => Number(getComputedStyle(sketch).opacity))

async function saved(page: Page, key: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press(key)])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** Saves a drawing and parses it as XML, which is stricter than HTML. */
async function savedSvg(page: Page) {
  const { name, bytes } = await saved(page, 's')
  const text = bytes.toString('utf8')
  const read = await page.evaluate((xml) => {
    const svg = new DOMParser().parseFromString(xml, 'image/svg+xml').documentElement
    const layers = [...svg.querySelectorAll('g')].map((layer) => ({
      mode: layer.getAttribute('inkscape:groupmode'),
      label: layer.getAttribute('inkscape:label'),
      color: layer.getAttribute('stroke'),
      fill: layer.getAttribute('fill'),
      paths: [...layer.querySelectorAll('path')].map((path) => path.getAttribute('d') ?? ''),
    }))
    return { root: svg.nodeName, width: svg.getAttribute('width'), height: svg.getAttribute('height'), layers }
  }, text)
  return { name, text, ...read }
}

describe.each(['2', '1.11'] as const)('write, on p5 %s', (version) => {
  test.each(['url', 'fileUrl'] as const)('writes lines and saves them (%s)', async (from) => {
    const address = sites[version][from]('write/index.html#seed=5&speed=4')
    const { page, complaints } = await browser.open(address, { viewport: two, deviceScaleFactor: 2 })
    await inkGrowsTo(page, 300)
    const early = await inkOf(page)
    expect(early.left).toBeGreaterThan(4)
    expect(early.left).toBeLessThan(120)
    await inkGrowsTo(page, early.count + 200)
    await maximizeSpeed(page)
    await expect.poll(async () => (await inkOf(page)).bottom, patience).toBeGreaterThan(early.bottom + 25)

    const ink = await inkOf(page)
    expect(ink.left).toBeGreaterThan(4)
    expect(ink.right).toBeLessThan(two.width - 4)
    expect(ink.top).toBeGreaterThan(30)
    expect(ink.bottom).toBeLessThan(await controlsTop(page))

    const svg = await savedSvg(page)
    expect(svg).toMatchObject({ name: 'longhand-5.svg', root: 'svg', width: '105.83mm', height: '84.67mm' })
    expect(svg.layers).toMatchObject([
      { mode: 'layer', label: 'line 1', color: '#1f2a44', fill: 'none' },
      { mode: 'layer', label: 'line 2', color: '#1f2a44', fill: 'none' },
    ])
    const paths = svg.layers.flatMap((layer) => layer.paths)
    expect(paths.length).toBeGreaterThan(3)
    for (const path of paths) expect(path).toMatch(/^M[^M]+$/) // each path is one stroke with ink

    const { name, bytes } = await saved(page, 'p')
    expect(name).toBe('longhand-5.png')
    expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2 * two.width, 2 * two.height])
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe('a page of the write sketch', () => {
  test('is the same for the same seed, fades out when full, and makes way for the next page', async () => {
    const [first, second, still] = await Promise.all(
      [{}, {}, { reducedMotion: 'reduce' as const }].map((option) =>
        open('#seed=7&speed=4', { viewport: one, ...option }),
      ),
    )
    await Promise.all([first, second, still].map(({ page }) => maximizeSpeed(page)))
    const whenFull = async ({ page }: Opened) => {
      await page.waitForFunction(() => document.getElementById('sketch')?.style.opacity.startsWith('0'), null, patience)
      await page.keyboard.press(' ')
      return savedSvg(page)
    }
    const [drawing, again] = await Promise.all([whenFull(first), whenFull(second)])
    expect(drawing.layers).toHaveLength(1)
    expect(again.text).toBe(drawing.text)

    await first.page.keyboard.press(' ')
    await expect.poll(() => seedOf(first.page), patience).toBe(8)
    expect(await opacityOf(first.page)).toBe(1)
    await inkGrowsTo(first.page, 100)
    expect(await opacityOf(first.page)).toBe(1)
    expect(first.complaints).toEqual([])

    // under reduced motion, no page fades
    const opacities = new Set<number>()
    await expect
      .poll(async () => {
        opacities.add(await opacityOf(still.page))
        return seedOf(still.page)
      }, patience)
      .toBe(8)
    expect([...opacities]).toEqual([1])
    await Promise.all([first, second, still].map(({ page }) => page.close()))
  })

  test('restarts from its address after a reload', async () => {
    const { page } = await open('?seed=9&temperature=0.5&speed=4', { viewport: two })
    await inkGrowsTo(page, 200)
    await page.keyboard.press(' ')
    const before = await savedSvg(page)
    await page.reload()
    await inkGrowsTo(page, 200)
    await page.keyboard.press(' ')
    const after = await savedSvg(page)
    expect(seedOf(page)).toBe(9)
    // one of the two was paused earlier: it is the beginning of the other
    const [short, long] = [before, after]
      .map(({ layers }) => layers[0].paths.join())
      .sort((a, b) => a.length - b.length)
    expect(short.length).toBeGreaterThan(200)
    expect(long.slice(0, short.length)).toBe(short)
    await page.close()
  })

  test('keeps the text when the window is resized, and restores the same layout at the old size', async () => {
    const tall = { width: 420, height: 640 }
    const wide = { width: 760, height: 420 }
    const { page, complaints } = await open('#seed=5&speed=4', { viewport: tall })
    await maximizeSpeed(page)
    await expect.poll(async () => (await inkOf(page)).bottom, patience).toBeGreaterThan(130)
    await page.keyboard.press(' ')
    await frames(page, 3)
    const inkBefore = await inkOf(page)
    const before = await savedSvg(page)

    const resizeTo = async (size: { width: number; height: number }) => {
      await page.setViewportSize(size)
      await expect
        .poll(() => page.locator('canvas').evaluate((canvas) => canvas.clientWidth), patience)
        .toBe(size.width)
      await frames(page, 3)
      return inkOf(page)
    }
    const turned = await resizeTo(wide)
    const after = await savedSvg(page)
    expect(turned.count).toBeGreaterThan(inkBefore.count)
    expect(turned.right).toBeGreaterThan(tall.width)
    expect(turned.right).toBeLessThan(wide.width)
    expect(turned.bottom).toBeLessThan(await controlsTop(page))
    const curves = ({ text }: { text: string }) => text.split('Q').length
    expect(Math.abs(curves(after) - curves(before))).toBeLessThan(12) // apart from strokes that a line break cuts

    expect((await resizeTo(tall)).count).toBe(inkBefore.count)
    expect((await savedSvg(page)).text).toBe(before.text)
    await page.keyboard.press(' ')
    await inkGrowsTo(page, inkBefore.count)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('changes its ink color from line to line in dark mode and, after a switch, in light mode', async () => {
    const { page } = await open('#seed=7&speed=4', { viewport: three, deviceScaleFactor: 2, colorScheme: 'dark' })
    await maximizeSpeed(page)
    await expect.poll(async () => (await inkOf(page)).colors, patience).toContain('#d1495b')
    await page.keyboard.press(' ')
    const night = await inkOf(page)
    expect(night.colors[0]).toBe('#14161b')
    expect(night.colors).toContain('#e9e4d8')
    expect((await savedSvg(page)).layers[0].color).toBe('#1f2a44') // saved for white paper
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(async () => (await inkOf(page)).colors[0], patience).toBe('#faf7f0')
    const day = await inkOf(page)
    expect(day.colors).toEqual(expect.arrayContaining(['#1f2a44', '#d1495b']))
    expect(Math.abs(day.count / night.count - 1)).toBeLessThan(0.05)
    await page.close()
  })
})
