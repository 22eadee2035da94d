import type { Page } from 'playwright-core'

/** What a visitor sees on a page's canvas; lengths in CSS pixels. */
export interface Ink {
  /** pixels of the canvas that are not paper */
  count: number
  left: number
  right: number
  top: number
  bottom: number
  /** the colours of which there is most, '#rrggbb', the paper first */
  colors: string[]
}

/** The paper is what most of the canvas is. */
export function inkOf(page: Page): Promise<Ink> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas')
    const context = canvas?.getContext('2d')
    const ink = { count: 0, left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity, colors: [] as string[] }
    if (!canvas || !context || canvas.width === 0 || canvas.height === 0) return ink
    const { width, height, clientWidth } = canvas
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)
    const counts = new Map<number, number>()
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1)
    const ranked = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 24)
    const paper = ranked[0][0]
    for (let n = 0; n < pixels.length; n++) {
      if (pixels[n] === paper) continue
      const x = n % width
      const y = (n - x) / width
      ink.count++
      ink.left = Math.min(ink.left, x)
      ink.right = Math.max(ink.right, x + 1)
      ink.top = Math.min(ink.top, y)
      ink.bottom = Math.max(ink.bottom, y + 1)
    }
    const density = width / clientWidth
    for (const side of ['left', 'right', 'top', 'bottom'] as const) ink[side] /= density
    // a pixel's bytes are red, green, blue, alpha, and its number little-endian
    ink.colors = ranked.map(([pixel]) => {
      const [red, green, blue] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]
      return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
    })
    return ink
  })
}
