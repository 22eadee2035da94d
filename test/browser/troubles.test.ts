import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { findSketches } from '../../scripts/build/sketch.ts'
import { useBrowser } from './chromium.ts'
import { draw, inkedPlaces, loops, moveMouse, type Place } from './hand.ts'
import { frames, patience } from './ink.ts'

// What visitors do to a page and its device: nothing may be lost, and nothing be stuck.
const names = (await findSketches(join(root, 'sketches'), { previews: true })).map(({ name }) => name)
const onPaper = ['continue', 'predict', 'hairs', 'cells'] // there, a visitor's hand leaves ink
const browser = useBrowser()
const upright = { width: 390, height: 780 }
const onItsSide = { width: 780, height: 390 }
const word = loops(40, 110, 22)
const astray: Place[] = Array.from({ length: 20 }, (_, n) => [150 + 10 * n, 84])

async function open(name: string, viewport = upright) {
  // the network's hand stays away from what the visitor's writes
  const opened = await browser.open(browser.url(`sketches/${name}/index.html#seed=7&length=2`), {
    viewport,
    hasTouch: true,
  })
  await opened.page.locator('canvas:not([aria-hidden])').first().waitFor()
  await frames(opened.page, 5)
  return opened
}

/** Whether the page still draws for whoever looks at it: it has frames, and its canvas the window's size. */
async function isWell(page: Page): Promise<void> {
  await frames(page, 5)
  const size = () =>
    page.evaluate(() => {
      const { left, width } = (document.querySelector('canvas:not([aria-hidden])') as Element).getBoundingClientRect()
      return [left, width - innerWidth]
    })
  await expect.poll(size, patience).toEqual([0, 0])
}

/** A mouse that nobody holds leaves nothing where it goes. */
async function leavesNothing(page: Page): Promise<void> {
  await moveMouse(page, astray)
  await frames(page, 3)
  expect(await inkedPlaces(page, astray)).toBe(0)
}

async function writes(page: Page, places: readonly Place[]): Promise<void> {
  await draw(page, 'touch', places)
  await expect.poll(() => inkedPlaces(page, places), patience).toBe(places.length)
}

describe.each(names)('%s', (name) => {
  test('bears a pen lifted outside of the window, ten fingers, another tab, and being turned', async () => {
    const { page, complaints } = await open(name)
    const devtools = await page.context().newCDPSession(page)

    await page.mouse.move(...word[0])
    await page.mouse.down()
    await moveMouse(page, word.slice(1))
    await page.mouse.move(-60, -40)
    await page.mouse.up()
    if (onPaper.includes(name)) await leavesNothing(page)

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
    await isWell(page)

    await page.mouse.move(60, 100)
    await page.mouse.down()
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    if (onPaper.includes(name)) await leavesNothing(page)
    await page.mouse.up()

    await page.setViewportSize(onItsSide)
    await isWell(page)
    await page.setViewportSize(upright)
    await isWell(page)
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe.each(onPaper)('%s', (name) => {
  test('keeps what was written when it is turned, and writes where the finger is then', async () => {
    const { page, complaints } = await open(name, onItsSide)
    const far = word.map(([x, y]): Place => [x + 560, y - 10])
    await writes(page, far)
    await page.setViewportSize(upright)
    await isWell(page)
    await page.setViewportSize(onItsSide)
    await isWell(page)
    await expect.poll(() => inkedPlaces(page, far), patience).toBe(far.length)
    await page.setViewportSize(upright)
    await isWell(page)
    await writes(page, word)
    expect(complaints).toEqual([])
    await page.close()
  })
})

test('predict: what was written up to the edge stays as large as it was when something is taken back', async () => {
  const { page } = await open('predict', onItsSide)
  const far = word.map(([x, y]): Place => [x + 660, y])
  await writes(page, word)
  await writes(page, far)
  for (const stroke of [astray, astray]) {
    await writes(page, stroke)
    await page.keyboard.press('z')
    await frames(page, 3)
    expect(await inkedPlaces(page, [...word, ...far])).toBe(word.length + far.length)
  }
  await page.close()
})

test('hairs: a visitor’s page that is full takes ink until it has said so, and then begins another', async () => {
  const { page, complaints } = await open('hairs', onItsSide)
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
  await writes(page, beside) // the hand had hardly rested
  const notice = page.locator('#notice')
  await expect.poll(() => notice.textContent(), patience).toContain('The page is full.')
  expect(await inkedPlaces(page, beside)).toBe(beside.length)
  await draw(page, 'touch', astray)
  await expect.poll(() => inkedPlaces(page, astray), patience).toBe(astray.length)
  expect(await inkedPlaces(page, beside)).toBe(0)
  expect(await notice.textContent()).toBe('')
  expect(complaints).toEqual([])
  await page.close()
})

test('continue: what went wrong is still said when somebody writes', async () => {
  const { page } = await open('continue')
  await page.evaluate(() => setTimeout(() => Promise.reject(new Error('the pen broke'))))
  const notice = page.locator('#notice')
  await expect.poll(() => notice.textContent(), patience).toContain('the pen broke Reload the page')
  await draw(page, 'touch', word)
  expect(await notice.textContent()).toContain('the pen broke Reload the page')
  await page.close()
})
