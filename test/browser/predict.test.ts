import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from './chromium.ts'
import { type Device, hand, look, loops, until, useP5Version1 } from './handwriting.ts'

const browser = useBrowser()
const address = (search = '') => browser.url(`sketches/predict/index.html#seed=7${search}`)
const desktop = { viewport: { width: 720, height: 480 } }
const bundle = (page: Page) => look(page, 'overlay')
const places = loops(200, 250, 70)
const [tipX] = places[30]

/** Draws half a stroke and keeps the pen down. */
async function drawHalf(page: Page, device: Device) {
  await page.locator('#sketch canvas.overlay').waitFor({ state: 'attached' })
  const visitor = await hand(page, device)
  await visitor.down(places[0])
  await visitor.draw(places.slice(1, 31))
  return visitor
}

/** Returns the bundle once it is still, for reduced motion. */
async function settled(page: Page) {
  let before = -1
  await until(async () => {
    await page.evaluate(async () => {
      for (let frame = 0; frame < 12; frame++) await new Promise(requestAnimationFrame)
    })
    const { print } = await bundle(page)
    const still = print === before && print !== 0
    before = print
    return still
  }).toBe(true)
  return bundle(page)
}

test('a bundle of paths starts at the tip of the pen, changes while it rests, and follows it', async () => {
  const { page, complaints } = await browser.open(address(), desktop)
  const visitor = await drawHalf(page, 'mouse')
  expect((await look(page, 'ink')).dark).toBeGreaterThan(150)
  await until(async () => (await bundle(page)).red).toBeGreaterThan(100)
  await until(async () => (await bundle(page)).redRight).toBeGreaterThan(tipX)
  const { print, redRight } = await bundle(page)
  await until(async () => (await bundle(page)).print).not.toBe(print)
  await visitor.draw([...places.slice(31), ...loops(360, 250, 70).slice(6, 36)])
  await until(async () => (await bundle(page)).redRight).toBeGreaterThan(redRight + 50)
  await visitor.up()
  expect((await look(page, 'ink')).red).toBe(0) // paths leave no ink
  expect(complaints).toEqual([])
  await page.close()
})

test('more paths are denser, longer paths reach farther, and low variation narrows the bundle', async () => {
  const { page } = await browser.open(address('&paths=10&length=8'), { ...desktop, reducedMotion: 'reduce' })
  await drawHalf(page, 'touch')
  const set = async (slider: string, key: 'Home' | 'End') => {
    await page.locator(slider).focus()
    await page.keyboard.press(key)
  }
  const few = await settled(page)
  await set('#paths', 'End')
  expect(await page.locator('#paths ~ output').textContent()).toBe('50')
  await until(async () => (await bundle(page)).red).toBeGreaterThan(1.2 * few.red)
  const short = await settled(page)
  await set('#length', 'End')
  await until(async () => (await bundle(page)).redRight).toBeGreaterThan(short.redRight + 20)
  const long = await settled(page)
  await set('#temperature', 'End')
  await until(async () => (await bundle(page)).red).toBeGreaterThan(long.red)
  const varied = await settled(page)
  await set('#temperature', 'Home')
  await until(async () => (await bundle(page)).red).toBeLessThan(0.8 * varied.red)
  await page.close()
})

test('a cleared page shows no paths; pen, p5 1.x', async () => {
  const { page, complaints } = await browser.open('about:blank', desktop)
  await useP5Version1(page)
  await page.goto(address())
  const visitor = await drawHalf(page, 'pen')
  await until(async () => (await bundle(page)).redRight).toBeGreaterThan(tipX)
  await visitor.up()
  await page.keyboard.press('c')
  await until(async () => (await bundle(page)).red).toBe(0)
  expect((await look(page, 'ink')).dark).toBe(0)
  expect(complaints).toEqual([])
  await page.close()
})

test('saves the line and the paths as SVG layers, and both in a PNG', async () => {
  const { page } = await browser.open(address('&paths=10&length=10'), desktop)
  await drawHalf(page, 'mouse')
  await until(async () => (await bundle(page)).red).toBeGreaterThan(50)
  await expect
    .poll(
      async () => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')])
        const svg = await readFile(await download.path(), 'utf8')
        const layer = (name: string) => svg.match(new RegExp(`inkscape:label="${name}".*?</g>`, 's'))?.[0] ?? ''
        expect(layer('visitor').match(/<path/g)).toHaveLength(1)
        return layer('paths').match(/<path/g)?.length ?? 0
      },
      { timeout: 25_000, interval: 500 },
    )
    .toBeGreaterThanOrEqual(10)
  const [picture] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('p')])
  expect(picture.suggestedFilename()).toBe('longhand-predict.png')
  expect((await look(page, 'ink')).red).toBe(0) // the paths were only on the picture
  await page.close()
})
