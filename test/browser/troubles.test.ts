import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { findSketches } from '../../scripts/build/sketch.ts'
import { useBrowser } from './chromium.ts'
import { draw, inkedPlaces, loops, moveMouse, type Place } from './hand.ts'
import { frames, patience } from './ink.ts'

// Unusual things that visitors do to a page and its device: no ink may be lost, and no pointer get stuck.
const names = (await findSketches(join(root, 'sketches'), { previews: true })).map(({ name }) => name)
const inkPages = ['continue', 'predict', 'hairs', 'cells'] // pages where a visitor leaves ink
const browser = useBrowser()
const portrait = { width: 390, height: 780 }
const landscape = { width: 780, height: 390 }
const word = loops(40, 110, 22)
const hoverPath: Place[] = Array.from({ length: 20 }, (_, n) => [150 + 10 * n, 84])

async function open(name: string, viewport = portrait) {
  // the network writes little, and away from the visitor's ink
  const opened = await browser.open(browser.url(`sketches/${name}/index.html#seed=7&length=2`), {
    viewport,
    hasTouch: true,
  })
  await opened.page.locator('canvas:not([aria-hidden])').first().waitFor()
  await frames(opened.page, 5)
  return opened
}

/** Expects that the page still draws frames and that its canvas fills the window. */
async function isAlive(page: Page): Promise<void> {
  await frames(page, 5)
  const size = () =>
    page.evaluate(() => {
      const { left, width } = (document.querySelector('canvas:not([aria-hidden])') as Element).getBoundingClientRect()
      return [left, width - innerWidth]
    })
  await expect.poll(size, patience).toEqual([0, 0])
}

/** Expects that a mouse without a pressed button leaves no ink. */
async function leavesNoInk(page: Page): Promise<void> {
  await moveMouse(page, hoverPath)
  await frames(page, 3)
  expect(await inkedPlaces(page, hoverPath)).toBe(0)
}

async function writes(page: Page, places: readonly Place[]): Promise<void> {
  await draw(page, 'touch', places)
  await expect.poll(() => inkedPlaces(page, places), patience).toBe(places.length)
}

describe.each(names)('%s', (name) => {
  test('survives a pen lifted outside the window, ten fingers, another tab, and a rotation', async () => {
    const { page, complaints } = await open(name)
    const devtools = await page.context().newCDPSession(page)

    await page.mouse.move(...word[0])
    await page.mouse.down()
    await moveMouse(page, word.slice(1))
    await page.mouse.move(-60, -40)
    await page.mouse.up()
    if (inkPages.includes(name)) await leavesNoInk(page)

    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', shift?: number) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: Array.from({ length: shift === undefined ? 0 : 10 }, (_, id) => {
          return { id, x: 30 + 30 * id + (shift ?? 0), y: 210 + 9 * id }
        }),
      })
    await touch('touchStart', 0)
    for (let shift = 2; shift < 20; shift += 2) await touch('touchMove', shift)
    await touch('touchEnd')
    await isAlive(page)

    await page.mouse.move(60, 100)
    await page.mouse.down()
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    if (inkPages.includes(name)) await leavesNoInk(page)
    await page.mouse.up()

    await page.setViewportSize(landscape)
    await isAlive(page)
    await page.setViewportSize(portrait)
    await isAlive(page)
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe.each(inkPages)('%s', (name) => {
  test('keeps its ink after a rotation, and writes at the finger', async () => {
    const { page, complaints } = await open(name, landscape)
    const far = word.map(([x, y]): Place => [x + 560, y - 10])
    await writes(page, far)
    await page.setViewportSize(portrait)
    await isAlive(page)
    await page.setViewportSize(landscape)
    await isAlive(page)
    await expect.poll(() => inkedPlaces(page, far), patience).toBe(far.length)
    await page.setViewportSize(portrait)
    await isAlive(page)
    await writes(page, word)
    expect(complaints).toEqual([])
    await page.close()
  })
})

test('predict: ink up to the edge keeps its size after an undo', async () => {
  const { page } = await open('predict', landscape)
  const far = word.map(([x, y]): Place => [x + 660, y])
  await writes(page, word)
  await writes(page, far)
  for (const stroke of [hoverPath, hoverPath]) {
    await writes(page, stroke)
    await page.keyboard.press('z')
    await frames(page, 3)
    expect(await inkedPlaces(page, [...word, ...far])).toBe(word.length + far.length)
  }
  await page.close()
})

test('hairs: a full page accepts ink until its notice, and then starts another page', async () => {
  const { page, complaints } = await open('hairs', landscape)
  const beside = word.map(([x, y]): Place => [x + 600, y])
  await page.evaluate(() => {
    const sheet = document.getElementById('sketch') as HTMLElement
    const send = (type: string, n: number) => {
      const [clientX, clientY] = [60 + 40 * Math.sin(n / 4) + (n % 2400) / 6, 150 + 40 * Math.cos(n / 4)]
      const event = new PointerEvent(type, {
        clientX,
        clientY,
        buttons: 1,
        pointerId: 77,
        pointerType: 'mouse',
        bubbles: true,
      })
      Object.defineProperty(event, 'timeStamp', { value: 1e6 + 16 * n })
      sheet.dispatchEvent(event)
    }
    send('pointerdown', 0)
    for (let n = 1; n < 2400; n++) send('pointermove', n)
    send('pointerup', 2400)
  })
  await writes(page, beside) // after hardly a pause
  const notice = page.locator('#notice')
  await expect.poll(() => notice.textContent(), patience).toContain('The page is full.')
  expect(await inkedPlaces(page, beside)).toBe(beside.length)
  await draw(page, 'touch', hoverPath)
  await expect.poll(() => inkedPlaces(page, hoverPath), patience).toBe(hoverPath.length)
  expect(await inkedPlaces(page, beside)).toBe(0)
  expect(await notice.textContent()).toBe('')
  expect(complaints).toEqual([])
  await page.close()
})

test('continue: an error stays visible while a visitor writes', async () => {
  const { page } = await open('continue')
  await page.evaluate(() => setTimeout(() => Promise.reject(new Error('the pen broke'))))
  const notice = page.locator('#notice')
  await expect.poll(() => notice.textContent(), patience).toContain('the pen broke. Reload the page')
  await draw(page, 'touch', word)
  expect(await notice.textContent()).toContain('the pen broke. Reload the page')
  await page.close()
})
