import type { Page } from 'playwright-core'
import sharp from 'sharp'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export type Place = readonly [x: number, y: number]
export type Instrument = 'mouse' | 'touch' | 'pen'

/** Returns a word of loops; `heights` in x-heights. */
export function loops(x: number, y: number, xHeight: number, heights = [1, 2, 1]): Place[] {
  return heights.flatMap((height, n) =>
    Array.from({ length: 16 }, (_, k): Place => {
      const turn = (2 * Math.PI * k) / 16
      const up = (height * xHeight * (1 - Math.cos(turn))) / 2
      return [x + (n + k / 16 + 0.33 * Math.sin(turn)) * xHeight + 0.25 * up, y - up]
    }),
  )
}

/** Moves the mouse over all places without waiting for the page after each. */
export async function moveMouse(page: Page, places: readonly Place[]): Promise<void> {
  await Promise.all(places.map((place) => page.mouse.move(...place)))
}

const INTERVAL = 0.03 // seconds from one place to the next

/** Time of the last event on each page, in seconds since 1970. */
const lastEvents = new WeakMap<Page, number>()

/**
 * Draws one stroke with real input: down at the first place, up at the last. The time stamps are 30 ms apart and end
 * now, or as soon after the previous stroke as possible; the call itself does not wait that long.
 */
export async function draw(page: Page, instrument: Instrument, places: readonly Place[]): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const start = Math.max(Date.now() / 1000 - INTERVAL * places.length, (lastEvents.get(page) ?? 0) + INTERVAL)
  const send = async (phase: 'down' | 'move' | 'up', [x, y]: Place, timestamp: number) => {
    if (instrument === 'touch') {
      const type = { down: 'touchStart', move: 'touchMove', up: 'touchEnd' } as const
      const touchPoints = phase === 'up' ? [] : [{ x, y }]
      await cdp.send('Input.dispatchTouchEvent', { type: type[phase], touchPoints, timestamp })
    } else {
      const type = { down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' } as const
      const button = { button: 'left', buttons: 1, clickCount: 1, pointerType: instrument } as const
      await cdp.send('Input.dispatchMouseEvent', { type: type[phase], x, y, ...button, timestamp })
    }
  }
  const end = start + INTERVAL * places.length
  lastEvents.set(page, end)
  await Promise.all([
    send('down', places[0], start),
    ...places.slice(1).map((place, n) => send('move', place, start + INTERVAL * (n + 1))),
    send('up', places[places.length - 1], end),
  ])
  await cdp.detach()
}

/** The number of pixels in the colors of ink, accent, and its counterpart, in light mode. */
export interface Hues {
  ink: number
  accent: number
  cool: number
  /** first and last row of accent or counterpart, within the clip */
  top: number
  bottom: number
}

export async function huesIn(page: Page, clip: Box): Promise<Hues> {
  const { data, info } = await sharp(await page.screenshot({ clip }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const hues = { ink: 0, accent: 0, cool: 0, top: Number.POSITIVE_INFINITY, bottom: Number.NEGATIVE_INFINITY }
  for (let n = 0; n < info.width * info.height; n++) {
    const [red, green, blue] = [data[3 * n], data[3 * n + 1], data[3 * n + 2]]
    if (red + green + blue < 260) hues.ink++
    const isAccent = red - green > 30 && red - blue > 20
    const isCool = green - red > 25
    if (isAccent) hues.accent++
    if (isCool) hues.cool++
    if (!isAccent && !isCool) continue
    const row = Math.floor(n / info.width)
    hues.top = Math.min(hues.top, row)
    hues.bottom = Math.max(hues.bottom, row)
  }
  return hues
}

/** Returns how many of these places have ink within 4 pixels. */
export async function inkedPlaces(page: Page, places: readonly Place[]): Promise<number> {
  const { data, info } = await sharp(await page.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const isInk = (x: number, y: number) => {
    const [red, green, blue] = data.subarray(3 * (y * info.width + x))
    return red + green + blue < 260
  }
  const around = Array.from({ length: 81 }, (_, n) => [(n % 9) - 4, Math.floor(n / 9) - 4])
  return places.filter(([x, y]) => around.some(([dx, dy]) => isInk(Math.round(x) + dx, Math.round(y) + dy))).length
}
