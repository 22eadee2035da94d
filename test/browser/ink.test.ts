import { join } from 'node:path'
import { build } from 'esbuild'
import fc from 'fast-check'
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import type { InkPoint, listenToPointers, Stroke, VisitorInk } from '../../src/index.ts'
import { useBrowser } from './chromium.ts'

/** The modules on the tested page. */
interface Ink {
  listenToPointers: typeof listenToPointers
  VisitorInk: typeof VisitorInk
}
declare global {
  interface Window {
    ink: Ink
    begun: Stroke[]
    ended: Stroke[]
    moves: InkPoint[]
    visitor: VisitorInk
    listening: { detach(): void }
    listen(options?: { every?: boolean }): void
  }
}

// An element with a border that contains a canvas, as p5 makes it, on a page that is long enough to scroll.
const LEFT = 40
const TOP = 30
const BORDER = 5
const html = `<!doctype html>
  <style>
    body { margin: 0; height: 3000px }
    #surface { position: absolute; left: ${LEFT - BORDER}px; top: ${TOP - BORDER}px; width: 400px; height: 300px; border: ${BORDER}px solid; transform-origin: 0 0 }
    canvas { display: block; width: 100%; height: 100% }
  </style>
  <div id="surface"><canvas></canvas></div>`

const browser = useBrowser()
let code: string

beforeAll(async () => {
  const bundle = await build({
    stdin: {
      contents: `export { listenToPointers } from './src/browser/pointers.ts'; export { VisitorInk } from './src/ink/visitor-ink.ts'`,
      resolveDir: root,
      loader: 'ts',
    },
    absWorkingDir: join(root),
    bundle: true,
    format: 'iife',
    globalName: 'ink',
    write: false,
  })
  code = bundle.outputFiles[0]?.text ?? ''
})

async function open(options: BrowserContextOptions = {}) {
  const { page } = await browser.open('about:blank', { viewport: { width: 600, height: 450 }, ...options })
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  // browsers report coalesced events only in secure contexts, such as localhost
  await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto('http://localhost/')
  await page.addScriptTag({ content: code })
  await page.evaluate(() => {
    window.listen = (options) => {
      window.begun = []
      window.ended = []
      window.moves = []
      window.visitor = new window.ink.VisitorInk()
      window.listening?.detach()
      window.listening = window.ink.listenToPointers(
        document.querySelector('#surface') as HTMLElement,
        {
          onDown(point, stroke) {
            window.begun.push(stroke)
            window.visitor.down(point)
          },
          onMove(points) {
            window.moves.push(...points)
            window.visitor.move(points)
          },
          onUp(stroke) {
            window.ended.push(stroke)
            window.visitor.up()
          },
        },
        options,
      )
    }
    window.listen()
  })
  return { page, errors, device: await page.context().newCDPSession(page) }
}

const ended = (page: Page) => page.evaluate(() => window.ended)
const begun = (page: Page) => page.evaluate(() => window.begun.length)
const places = (stroke: Stroke | undefined) => stroke?.points.map(({ x, y }) => [x, y])

/** Dispatches touches, in pixels of the element. */
const fingers = (
  device: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel',
  points: number[][],
) =>
  device.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: points.map(([x = 0, y = 0, id = 0]) => ({ x: LEFT + x, y: TOP + y, id })),
  })

const pen = (
  device: CDPSession,
  type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
  x: number,
  y: number,
  force = 0,
) =>
  device.send('Input.dispatchMouseEvent', {
    type,
    x: LEFT + x,
    y: TOP + y,
    pointerType: 'pen',
    force,
    button: type === 'mouseMoved' && force === 0 ? 'none' : 'left',
    buttons: type === 'mouseReleased' || force === 0 ? 0 : 1,
    clickCount: type === 'mouseMoved' ? 0 : 1,
  })

async function expectMouseDraws(page: Page): Promise<void> {
  const before = await begun(page)
  await page.mouse.move(LEFT + 20, TOP + 20)
  await page.mouse.down()
  await page.mouse.move(LEFT + 30, TOP + 25)
  await page.mouse.up()
  expect(await begun(page)).toBe(before + 1)
  expect(await page.evaluate(() => [window.begun.length - window.ended.length, window.ended.at(-1)?.end])).toEqual([
    0,
    'lifted',
  ])
}

describe('a mouse', () => {
  test('draws in pixels of the element', async () => {
    const { page, errors } = await open()
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.move(LEFT + 110, TOP + 70, { steps: 4 })
    await page.mouse.up()
    await page.mouse.move(LEFT + 200, TOP + 200)
    const strokes = await ended(page)
    expect(strokes).toHaveLength(1)
    expect(strokes[0]).toMatchObject({ pointerType: 'mouse', end: 'lifted' })
    const drawn = places(strokes[0]) as number[][]
    expect([drawn[0], drawn.at(-1)]).toEqual([
      [10, 20],
      [110, 70],
    ])
    for (const [x = 0, y = 0] of drawn) expect(y - 20).toBeCloseTo((x - 10) / 2, 0)
    const { movements, unit } = await page.evaluate(() => ({
      movements: window.visitor.movements,
      unit: window.visitor.unit,
    }))
    expect(movements.reduce((sum, [dx]) => sum + unit * dx, 0)).toBeCloseTo(100, 6)
    expect(movements.at(-1)?.[2]).toBe(1)
    expect(errors).toEqual([])
    await page.close()
  })
  test.each([1, 2])('has a grain of one device pixel (%i per CSS pixel)', async (deviceScaleFactor) => {
    const { page } = await open({ deviceScaleFactor })
    const grains = async (away: number) => {
      await page.mouse.move(LEFT + 10 + away, TOP + 20 + away)
      await page.mouse.down()
      await page.mouse.move(LEFT + 30 + away, TOP + 45 + away)
      await page.mouse.up()
      return new Set(
        (await ended(page))
          .at(-1)
          ?.points.slice(1)
          .map(({ grain }) => grain),
      )
    }
    expect(await grains(0)).toEqual(new Set([1 / deviceScaleFactor]))
    expect(await grains(0.3)).toEqual(new Set([0])) // fractions of pixels come from a finer device
    await page.close()
  })
  test('loses no point when it is faster than the screen', async () => {
    const { page } = await open()
    await page.mouse.move(LEFT, TOP)
    await page.mouse.down()
    await page.evaluate(() => {
      // a long frame: its moves are reported at its end, in one event
      const end = performance.now() + 300
      while (performance.now() < end);
    })
    await Promise.all(Array.from({ length: 40 }, (_, i) => page.mouse.move(LEFT + 5 * (i + 1), TOP + ((i * 7) % 50))))
    await page.mouse.up()
    const xs = places((await ended(page))[0])?.map(([x]) => x)
    for (let i = 1; i <= 40; i++) expect(xs).toContain(5 * i)
    await page.close()
  })
  test('draws with its left button only', async () => {
    const { page } = await open()
    for (const button of ['right', 'middle'] as const) {
      await page.mouse.move(LEFT + 10, TOP + 20)
      await page.mouse.down({ button })
      await page.mouse.move(LEFT + 60, TOP + 20)
      await page.mouse.up({ button })
    }
    expect(await begun(page)).toBe(0)
    await expectMouseDraws(page)
    await page.close()
  })
  test('ends its stroke where it is lifted, outside the element and the window', async () => {
    const { page } = await open()
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.move(-80, 100, { steps: 3 })
    await page.mouse.up()
    const [stroke] = await ended(page)
    expect(places(stroke)?.at(-1)).toEqual([-80 - LEFT, 100 - TOP])
    expect(stroke?.end).toBe('lifted')
    await expectMouseDraws(page)
    await page.close()
  })
  test('stops drawing after its button was released unnoticed', async () => {
    const { page, device } = await open()
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.move(LEFT + 50, TOP + 20)
    const [x, y] = [LEFT + 300, TOP + 200]
    await device.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, button: 'none', buttons: 0 })
    expect(places((await ended(page))[0])?.at(-1)).toEqual([50, 20])
    await page.mouse.up()
    await expectMouseDraws(page)
    await page.close()
  })
  test.each([
    ['the window loses focus', () => window.dispatchEvent(new Event('blur'))],
    ['the tab is hidden', () => document.dispatchEvent(new Event('visibilitychange'))],
    [
      'it loses its capture',
      () => (document.querySelector('#surface') as HTMLElement).releasePointerCapture(window.begun[0]?.pointerId ?? 0),
    ],
    ['listening ends', () => window.listening.detach()],
  ])('ends its stroke at its last point when %s', async (_, happens) => {
    const { page, errors } = await open()
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.move(LEFT + 50, TOP + 20)
    await page.evaluate(happens)
    await page.mouse.move(LEFT + 90, TOP + 90)
    const strokes = await ended(page)
    expect(strokes).toMatchObject([{ end: 'cancelled' }])
    expect(places(strokes[0])?.at(-1)).toEqual([50, 20])
    await page.mouse.up()
    await page.evaluate(() => window.listen())
    await expectMouseDraws(page)
    expect(errors).toEqual([])
    await page.close()
  })
  test('ends its stroke when the element is removed', async () => {
    const { page, errors } = await open()
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.move(LEFT + 50, TOP + 20)
    await page.evaluate(() => document.querySelector('#surface')?.remove())
    await page.mouse.move(LEFT + 60, TOP + 20)
    await page.mouse.up()
    expect(await ended(page)).toHaveLength(1)
    expect(errors).toEqual([])
    await page.close()
  })
})

describe('an element', () => {
  test.each([0.5, 1.75])('reports its own pixels when scaled by %d', async (scale) => {
    const { page } = await open()
    await page.evaluate((scale) => {
      ;(document.querySelector('#surface') as HTMLElement).style.transform = `scale(${scale})`
    }, scale)
    const onScreen = (x: number, y: number): [number, number] => [
      LEFT - BORDER + scale * (x + BORDER),
      TOP - BORDER + scale * (y + BORDER),
    ]
    await page.mouse.move(...onScreen(40, 60))
    await page.mouse.down()
    await page.mouse.move(...onScreen(120, 80))
    await page.mouse.up()
    const drawn = places((await ended(page))[0]) as number[][]
    for (const [got, expected] of [
      [drawn[0], [40, 60]],
      [drawn.at(-1), [120, 80]],
    ] as [number[], number[]][]) {
      expect(Math.abs((got[0] as number) - (expected[0] as number))).toBeLessThan(1)
      expect(Math.abs((got[1] as number) - (expected[1] as number))).toBeLessThan(1)
    }
    await page.close()
  })
  test('splits a stroke in two when it is resized during the stroke', async () => {
    const { page } = await open()
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.move(LEFT + 50, TOP + 20)
    await page.setViewportSize({ width: 450, height: 600 }) // a phone is rotated
    await page.evaluate(() => {
      const { style } = document.querySelector('#surface') as HTMLElement
      style.width = '300px'
      style.left = '5px'
    })
    await page.mouse.move(LEFT + 60, TOP + 20)
    await page.mouse.move(LEFT + 70, TOP + 20)
    await page.mouse.up()
    expect((await ended(page)).map((stroke) => [stroke.end, places(stroke)?.[0], places(stroke)?.at(-1)])).toEqual([
      ['cancelled', [10, 20], [50, 20]],
      ['lifted', [90, 20], [100, 20]],
    ])
    await page.close()
  })
  test('gets its style back when listening ends', async () => {
    const { page } = await open()
    const style = () =>
      page.evaluate(() => {
        const { touchAction, userSelect } = getComputedStyle(document.querySelector('#surface') as HTMLElement)
        return [touchAction, userSelect]
      })
    expect(await style()).toEqual(['none', 'none'])
    await page.evaluate(() => window.listening.detach())
    expect(await style()).toEqual(['auto', 'auto'])
    await page.mouse.move(LEFT + 10, TOP + 20)
    await page.mouse.down()
    await page.mouse.up()
    expect(await begun(page)).toBe(0)
    await page.close()
  })
})

describe('a finger', () => {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 600, height: 450 } }

  test('draws without scrolling the page', async () => {
    const { page, errors, device } = await open(phone)
    await fingers(device, 'touchStart', [[100, 250]])
    for (let y = 240; y >= 50; y -= 10) await fingers(device, 'touchMove', [[100, y]])
    await fingers(device, 'touchEnd', [])
    const strokes = await ended(page)
    expect(strokes).toMatchObject([{ pointerType: 'touch', end: 'lifted' }])
    const [first, last] = [strokes[0]?.points[0], strokes[0]?.points.at(-1)]
    expect([first?.x, first?.y, last?.x, last?.y].map((value) => Math.round(value ?? 0))).toEqual([100, 250, 100, 50])
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    expect(errors).toEqual([])
    await page.close()
  })
  test('ends its stroke when the browser cancels the touch', async () => {
    const { page, device } = await open(phone)
    await fingers(device, 'touchStart', [[100, 50]])
    await fingers(device, 'touchMove', [[150, 60]])
    await fingers(device, 'touchCancel', [])
    const [stroke] = await ended(page)
    expect(stroke?.end).toBe('cancelled')
    expect(stroke?.points.at(-1)?.x).toBeCloseTo(150, 0)
    await fingers(device, 'touchStart', [[10, 50]])
    await fingers(device, 'touchEnd', [])
    expect(await ended(page)).toHaveLength(2)
    await page.close()
  })
  test('is the only one that draws, with nine others beside it', async () => {
    const { page, errors, device } = await open(phone)
    const touches = (dx: number, count = 10) =>
      Array.from({ length: count }, (_, id) => [20 + 30 * id + dx, 100 + dx, id])
    for (let count = 1; count <= 10; count++) await fingers(device, 'touchStart', touches(0, count))
    for (let dx = 2; dx <= 20; dx += 2) await fingers(device, 'touchMove', touches(dx))
    for (let count = 9; count >= 0; count--) await fingers(device, 'touchEnd', touches(20, count))
    const strokes = await ended(page)
    expect(strokes).toHaveLength(1)
    expect(strokes[0]?.points.map(({ x }) => Math.round(x)).at(-1)).toBe(40)
    for (let i = 1; i < (strokes[0]?.points.length ?? 0); i++)
      expect(Math.abs((strokes[0]?.points[i]?.x ?? 0) - (strokes[0]?.points[i - 1]?.x ?? 0))).toBeLessThan(10)
    await fingers(device, 'touchStart', [[10, 50]])
    await fingers(device, 'touchEnd', [])
    expect(await ended(page)).toHaveLength(2)
    expect(errors).toEqual([])
    await page.close()
  })
  test('is one of ten that draw with the option `every`', async () => {
    const { page, device } = await open(phone)
    await page.evaluate(() => window.listen({ every: true }))
    const touches = (dx: number) => Array.from({ length: 10 }, (_, id) => [20 + 30 * id + dx, 100, id])
    await fingers(device, 'touchStart', touches(0))
    await fingers(device, 'touchMove', touches(8))
    await fingers(device, 'touchMove', touches(20))
    await fingers(device, 'touchEnd', [])
    const strokes = await ended(page)
    expect(strokes).toHaveLength(10)
    for (const { points } of strokes) expect((points.at(-1)?.x ?? 0) - (points[0]?.x ?? 0)).toBeCloseTo(20, 0)
    await page.close()
  })
})

describe('a pen', () => {
  test('records its pressure', async () => {
    const { page, errors, device } = await open()
    await pen(device, 'mouseMoved', 5, 5)
    await pen(device, 'mousePressed', 10, 20, 0.2)
    for (let i = 1; i <= 6; i++) await pen(device, 'mouseMoved', 10 + 10 * i, 20, 0.2 + 0.1 * i)
    await pen(device, 'mouseReleased', 70, 20)
    const strokes = await ended(page)
    expect(strokes).toMatchObject([{ pointerType: 'pen', end: 'lifted' }])
    const pressures = strokes[0]?.points.map(({ pressure }) => pressure) ?? []
    expect(pressures[0]).toBeCloseTo(0.2, 5)
    expect(Math.max(...pressures)).toBeCloseTo(0.8, 5)
    expect(Math.min(...pressures)).toBeGreaterThan(0.19)
    expect(errors).toEqual([])
    await page.close()
  })
  test('takes precedence over the palm of its hand', async () => {
    const { page, device } = await open({ hasTouch: true })
    await fingers(device, 'touchStart', [[200, 200]])
    await pen(device, 'mousePressed', 10, 20, 0.4)
    await fingers(device, 'touchMove', [[205, 200]])
    await pen(device, 'mouseMoved', 40, 20, 0.4)
    await pen(device, 'mouseReleased', 40, 20)
    await fingers(device, 'touchEnd', [])
    await fingers(device, 'touchStart', [[210, 200]]) // the palm comes down again before the next word
    await fingers(device, 'touchEnd', [])
    expect((await ended(page)).map(({ pointerType, end }) => [pointerType, end])).toEqual([
      ['touch', 'palm'],
      ['pen', 'lifted'],
    ])
    await page.close()
  })
})

test('for any events, each stroke ends exactly once and the mouse still draws', async () => {
  const { page, errors } = await open()
  const event = fc.record({
    type: fc.constantFrom('pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'lostpointercapture', 'blur'),
    pointerId: fc.integer({ min: 0, max: 4 }),
    pointerType: fc.constantFrom('mouse', 'touch', 'pen', ''),
    button: fc.constantFrom(-1, 0, 0, 0, 2, 5),
    buttons: fc.constantFrom(0, 1, 1, 1, 2, 32),
    clientX: fc.integer({ min: -500, max: 1000 }),
    clientY: fc.integer({ min: -500, max: 1000 }),
    pressure: fc.constantFrom(0, 0.3, 1),
  })
  const sequences = fc.sample(fc.array(event, { minLength: 1, maxLength: 40 }), { numRuns: 300, seed: 11 })
  const counts = await page.evaluate((sequences) => {
    const surface = document.querySelector('#surface') as HTMLElement
    return sequences.map((events, run) => {
      window.listen({ every: run % 2 === 1 })
      for (const { type, ...rest } of events) {
        if (type === 'blur') window.dispatchEvent(new Event(type))
        else surface.dispatchEvent(new PointerEvent(type, { ...rest, bubbles: true, cancelable: true }))
      }
      window.listening.detach()
      return [window.begun.length, window.ended.length, new Set(window.ended).size]
    })
  }, sequences)
  for (const [began = 0, ended = 0, different = 0] of counts) expect([ended, different]).toEqual([began, began])
  expect(counts.reduce((sum, [began = 0]) => sum + began, 0)).toBeGreaterThan(100)
  await page.evaluate(() => window.listen())
  await expectMouseDraws(page)
  expect(errors).toEqual([])
  await page.close()
})
