import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useBrowser } from './chromium.ts'
import { hand, look, loops, until, useP5Version1 } from './handwriting.ts'

const browser = useBrowser()
const address = (search = '') => browser.url(`sketches/continue/index.html#seed=7${search}`)
const desktop = { viewport: { width: 720, height: 480 } }
const phone = { viewport: { width: 390, height: 600 }, hasTouch: true, isMobile: true }
const network = async (page: Page) => (await look(page, 'ink')).red
const invitation = (page: Page) => page.locator('#invitation').evaluate((line) => getComputedStyle(line).opacity)
const drawn = (page: Page) => page.locator('#sketch canvas.overlay').waitFor({ state: 'attached' })

test('continues to the right once the visitor pauses, and stops when they write again', async () => {
  const { page, complaints } = await browser.open(address('&length=80'), desktop)
  const visitor = await hand(page, 'mouse')
  await until(() => invitation(page)).toBe('1')
  await drawn(page)
  await visitor.write(loops(60, 140, 40))
  const { dark, red, darkLeft, darkRight } = await look(page, 'ink')
  expect(dark).toBeGreaterThan(200)
  expect(red).toBe(0)
  expect(darkLeft).toBeGreaterThan(30)
  expect(darkRight).toBeLessThan(220)
  await until(async () => (await look(page, 'ink')).redRight).toBeGreaterThan(darkRight + 10)
  expect(await invitation(page)).toBe('0')

  const again = loops(100, 300, 40)
  await visitor.down(again[0])
  const first = await network(page)
  await visitor.draw(again.slice(1))
  expect(await network(page)).toBe(first)
  await visitor.up()
  await until(() => network(page)).toBeGreaterThan(first + 50)
  expect(complaints).toEqual([])
  await page.close()
})

test('shows faint predictions ahead of the pen, and notices a pen lifted outside the window', async () => {
  const { page } = await browser.open(address(), desktop)
  const visitor = await hand(page, 'mouse')
  await drawn(page)
  const places = loops(100, 200, 60).slice(0, 33)
  await visitor.down(places[0])
  await visitor.draw(places.slice(1))
  await until(async () => (await look(page, 'overlay')).redRight).toBeGreaterThan(places[32][0] + 5)
  expect(await network(page)).toBe(0)

  await page.mouse.move(-20, 190) // level, so that the stroke does not change the size of the writing much
  await page.mouse.up()
  const { dark } = await look(page, 'ink')
  await page.mouse.move(500, 300)
  await page.mouse.move(200, 250)
  expect((await look(page, 'ink')).dark).toBe(dark)
  await until(() => network(page)).toBeGreaterThan(10)
  await page.close()
})

test('undo removes the latest turn first, and an empty page shows the invitation; pen, p5 1.x', async () => {
  const { page, complaints } = await browser.open('about:blank', desktop)
  await useP5Version1(page)
  await page.goto(address('&length=2'))
  expect(await page.evaluate(() => (globalThis as unknown as { p5: { VERSION: string } }).p5.VERSION)).toMatch(/^1\./)
  await drawn(page)
  const visitor = await hand(page, 'pen')
  await visitor.write(loops(60, 140, 40))
  const { dark } = await look(page, 'ink')
  expect(dark).toBeGreaterThan(200)
  await until(() => network(page)).toBeGreaterThan(20)
  await page.keyboard.press('z')
  expect(await network(page)).toBe(0)
  expect((await look(page, 'ink')).dark).toBeGreaterThan(0.98 * dark)
  await page.keyboard.press('z')
  expect(await look(page, 'ink')).toMatchObject({ red: 0, dark: 0 })
  await until(() => invitation(page)).toBe('1')
  expect(complaints).toEqual([])
  await page.close()
})

test('writes by itself for a demonstration, and saves two layers of single lines', async () => {
  const { page } = await browser.open(address('&length=2&speed=4'), desktop)
  await drawn(page)
  await page.keyboard.press('w')
  await until(() => network(page)).toBeGreaterThan(20)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
  const svg = await readFile(await download.path(), 'utf8')
  const layer = (name: string) => svg.match(new RegExp(`inkscape:label="${name}".*?</g>`, 's'))?.[0] ?? ''
  expect(layer('visitor')).toContain('stroke="#1f2a44"')
  expect(layer('visitor').match(/<path/g)).toHaveLength(1)
  expect(layer('network')).toContain('stroke="#d1495b"')
  expect(svg).toContain('width="190.5mm" height="127mm"')
  await page.locator('#clear').click()
  expect(await look(page, 'ink')).toMatchObject({ red: 0, dark: 0 })
  await page.close()
})

test('a finger that was down before the demonstration neither adds to its line nor ends it', async () => {
  const { page, complaints } = await browser.open(address('&length=2'), desktop)
  await drawn(page)
  const visitor = await hand(page, 'touch')
  const places = loops(420, 300, 60)
  await visitor.down(places[0])
  await visitor.draw(places.slice(1, 12))
  await page.keyboard.press('w')
  await until(async () => (await look(page, 'ink')).darkLeft).toBeLessThan(100) // the demo word has begun
  await visitor.draw(places.slice(12))
  await visitor.up()
  await until(() => network(page)).toBeGreaterThan(20) // and it is complete
  const { darkLeft, darkRight } = await look(page, 'ink')
  expect(darkRight - darkLeft).toBeGreaterThan(110)
  expect(darkRight - darkLeft).toBeLessThan(150)
  expect(complaints).toEqual([])
  await page.close()
})

describe('on a phone', () => {
  test('ten fingers write one line, and no pointer gets stuck', async () => {
    const { page, complaints } = await browser.open(address('&length=2'), phone)
    await drawn(page)
    const cdp = await page.context().newCDPSession(page)
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      touchPoints: { x: number; y: number; id: number }[],
    ) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
    const fingers = (shift: number) =>
      Array.from({ length: 10 }, (_, id) => ({ id, x: 20 + 30 * id + shift, y: 150 + 20 * Math.sin(id + shift / 9) }))
    await touch('touchStart', fingers(0))
    for (let shift = 2; shift < 60; shift += 3) await touch('touchMove', fingers(shift))
    await touch('touchEnd', [])
    const { darkLeft, darkRight, dark } = await look(page, 'ink')
    expect(darkRight - darkLeft).toBeGreaterThan(40)
    expect(darkRight - darkLeft).toBeLessThan(70) // the path of the first finger only
    await until(() => network(page)).toBeGreaterThan(10)
    const visitor = await hand(page, 'touch')
    await visitor.write(loops(60, 350, 30, 2))
    expect((await look(page, 'ink')).dark).toBeGreaterThan(dark + 50)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('shows all ink after a rotation, and writes at the finger', async () => {
    const { page } = await browser.open(address('&length=2'), { ...phone, viewport: { width: 720, height: 390 } })
    await drawn(page)
    const visitor = await hand(page, 'touch')
    await visitor.write(loops(500, 140, 40))
    expect((await look(page, 'ink')).darkRight).toBeGreaterThan(400)
    await page.setViewportSize({ width: 390, height: 720 })
    await until(async () => (await look(page, 'ink')).darkRight).toBeLessThan(390)
    const { dark } = await look(page, 'ink')
    expect(dark).toBeGreaterThan(100)
    const places = loops(60, 400, 40)
    await visitor.write(places)
    expect((await look(page, 'ink')).darkLeft).toBeGreaterThan(35)
    expect((await look(page, 'ink')).darkLeft).toBeLessThan(65)
    await page.close()
  })
})

test('says that the page is full where the panel would hide its line', async () => {
  const { page, complaints } = await browser.open(address(), { viewport: { width: 1280, height: 800 } })
  const visitor = await hand(page, 'mouse')
  await drawn(page)
  await visitor.write(loops(40, 780, 26))
  await until(() => page.locator('#notice').textContent()).toContain('The page is full.')
  expect(await network(page)).toBe(0)
  await visitor.write(loops(300, 300, 40)) // resumes elsewhere
  await until(() => network(page)).toBeGreaterThan(50)
  expect(complaints).toEqual([])
  await page.close()
})

test('a tapped dot is visible, stays so after a layout, and has a length in the SVG', async () => {
  const { page, complaints } = await browser.open(address('&length=2'), desktop)
  await drawn(page)
  await page.mouse.click(100, 100)
  await until(async () => (await look(page, 'ink')).dark).toBeGreaterThan(2)
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
  const svg = await readFile(await download.path(), 'utf8')
  expect(svg).toContain('d="M100 100L100.5 100"')
  await page.setViewportSize({ width: 710, height: 480 })
  await until(async () => (await look(page, 'ink')).dark).toBeGreaterThan(2)
  expect(complaints).toEqual([])
  await page.close()
})
