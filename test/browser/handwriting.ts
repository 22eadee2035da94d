import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { root } from '../../scripts/build/root.ts'

export type Device = 'mouse' | 'touch' | 'pen'
type Place = readonly [x: number, y: number]

/** Returns a stroke of round letters: loops along a line, some of them tall. */
export function loops(x: number, y: number, height: number, count = 3): Place[] {
  return Array.from({ length: 12 * count + 1 }, (_, n) => {
    const turn = (2 * Math.PI * n) / 12
    const tall = Math.floor(n / 12 + 0.25) % 2 ? 1.8 : 1
    return [
      x + height * (0.11 * turn - 0.45 * Math.sin(turn)),
      y - height * tall * (0.5 - 0.5 * Math.cos(turn)),
    ] as const
  })
}

/** Returns a pointer on the page; each place is a pointer event, sent as fast as the page accepts it. */
export async function hand(page: Page, device: Device) {
  const cdp = device === 'mouse' ? undefined : await page.context().newCDPSession(page)
  let at: Place = [0, 0]
  async function send(what: 'down' | 'move' | 'up', place: Place) {
    at = place
    const [x, y] = place
    if (device === 'mouse') {
      if (what !== 'up') await page.mouse.move(x, y)
      if (what === 'down') await page.mouse.down()
      if (what === 'up') await page.mouse.up()
    } else if (device === 'touch') {
      const type = ({ down: 'touchStart', move: 'touchMove', up: 'touchEnd' } as const)[what]
      await cdp?.send('Input.dispatchTouchEvent', { type, touchPoints: what === 'up' ? [] : [{ x, y, id: 1 }] })
    } else {
      const type = ({ down: 'mousePressed', move: 'mouseMoved', up: 'mouseReleased' } as const)[what]
      const buttons = what === 'up' ? 0 : 1
      await cdp?.send('Input.dispatchMouseEvent', {
        type,
        x,
        y,
        buttons,
        button: 'left',
        pointerType: 'pen',
        force: 0.6,
        clickCount: 1,
      })
    }
  }
  return {
    down: (place: Place) => send('down', place),
    up: () => send('up', at),
    /** Continues the stroke and keeps the pen down. */
    async draw(places: readonly Place[]) {
      for (const place of places) await send('move', place)
    },
    /** Draws a whole stroke. */
    async write([first, ...rest]: readonly Place[]) {
      await send('down', first as Place)
      await this.draw(rest)
      await send('up', at)
    },
  }
}

/** The visitor's ink and the accent on a canvas: number of pixels, and where, in CSS pixels. */
export interface Ink {
  dark: number
  red: number
  /** the outermost columns, infinite if there are none */
  redLeft: number
  redRight: number
  darkLeft: number
  darkRight: number
  /** checksum of all ink */
  print: number
}

/** Measures a canvas. @param canvas `ink`, or `overlay` for what changes every frame */
export function look(page: Page, canvas: 'ink' | 'overlay'): Promise<Ink> {
  return page.evaluate(
    (selector) => {
      const element = document.querySelector(selector) as HTMLCanvasElement
      const { width, height } = element
      const { data } = (element.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, width, height)
      const scale = element.clientWidth / width
      const ink = { dark: 0, red: 0, print: 0 }
      const columns: Record<'dark' | 'red', number[]> = { dark: [], red: [] }
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 0) continue
        const red = data[i]
        const green = data[i + 1]
        const blue = data[i + 2]
        const kind = red - blue > 60 ? 'red' : red + green + blue < 330 ? 'dark' : undefined
        if (!kind) continue
        ink.print = (ink.print * 31 + red + 7 * green + 13 * blue + 17 * data[i + 3] + i) % 1e9
        ink[kind]++
        columns[kind].push(((i / 4) % width) * scale)
      }
      const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
      const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
      return {
        ...ink,
        redLeft: least(columns.red),
        redRight: most(columns.red),
        darkLeft: least(columns.dark),
        darkRight: most(columns.dark),
      }
    },
    canvas === 'ink' ? '#sketch canvas:not(.overlay)' : '#sketch canvas.overlay',
  )
}

const patience = { timeout: 25_000, interval: 100 }

/** Waits until a measurement is as expected. */
export function until<T>(see: () => T | Promise<T>) {
  return expect.poll(see, patience)
}

/** Serves p5 1.x instead of p5 2.x to a page. */
export async function useP5Version1(page: Page): Promise<void> {
  await page.route('**/lib/p5.min.js', (route) =>
    route.fulfill({ path: join(root, 'node_modules/p5-v1/lib/p5.min.js') }),
  )
}
