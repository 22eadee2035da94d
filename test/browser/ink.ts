import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Timeout for what a visitor hardly waits for, on a busy machine. */
export const patience = { timeout: 40_000, interval: 150 }

/** The ink on a page's canvas; lengths in CSS pixels. */
export interface Ink {
  /** pixels of the canvas that are not paper */
  count: number
  left: number
  right: number
  top: number
  bottom: number
  /** the paper, then the most frequent colors of ink, '#rrggbb' */
  colors: string[]
}

/** Measures the pixels that differ from the corner of the canvas. */
export function inkOf(page: Page): Promise<Ink> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas')
    const context = canvas?.getContext('2d')
    const ink = { count: 0, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity, colors: [] as string[] }
    if (!canvas || !context || canvas.width === 0 || canvas.height === 0) return ink
    const { width, height, clientWidth } = canvas
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)
    const paper = pixels[0]
    const counts = new Map<number, number>()
    for (let n = 0; n < pixels.length; n++) {
      if (pixels[n] === paper) continue
      const x = n % width
      const y = (n - x) / width
      ink.count++
      ink.left = Math.min(ink.left, x)
      ink.right = Math.max(ink.right, x + 1)
      ink.top = Math.min(ink.top, y)
      ink.bottom = Math.max(ink.bottom, y + 1)
      counts.set(pixels[n], (counts.get(pixels[n]) ?? 0) + 1)
    }
    const density = width / clientWidth
    for (const side of ['left', 'right', 'top', 'bottom'] as const) ink[side] /= density
    // bytes are red, green, blue, alpha; numbers are little-endian
    const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([pixel]) => pixel)
    ink.colors = [paper, ...ranked.slice(0, 20)].map((pixel) => {
      const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]
      return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
    })
    return ink
  })
}

/** Waits until a page has more than `count` pixels of ink. */
export function inkGrowsTo(page: Page, count: number): Promise<void> {
  return expect.poll(async () => (await inkOf(page)).count, patience).toBeGreaterThan(count)
}

/** Returns whether the drawing is still for 40 frames. p5 draws one more frame after it is halted. */
export async function inkIsStill(page: Page): Promise<boolean> {
  await frames(page, 3)
  const { count } = await inkOf(page)
  await frames(page, 40)
  return (await inkOf(page)).count === count
}

export function frames(page: Page, count: number): Promise<void> {
  return page.evaluate(async (n) => {
    for (let frame = 0; frame < n; frame++) await new Promise(requestAnimationFrame)
  }, count)
}

/** Sets a page's speed to 32, beyond the limit of its slider. */
export function maximizeSpeed(page: Page): Promise<void> {
  return page.locator('#speed').evaluate((speed: HTMLInputElement) => {
    speed.max = speed.value = '32'
  })
}
