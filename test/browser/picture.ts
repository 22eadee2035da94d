import type { Page } from 'playwright-core'
import sharp, { type Sharp } from 'sharp'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** What of a part of the page stands out from its paper, as a visitor sees it; coordinates in CSS pixels. */
export interface Ink {
  /** pixels of ink */
  count: number
  /** how red the ink is on the whole: red minus blue, −255…255 */
  warmth: number
  /** how many columns of pixels have any */
  columns: number
  /** how many columns have any of the accent's vermilion */
  redColumns: number
}

export async function inkIn(page: Page, clip: Box): Promise<Ink> {
  return ink(sharp(await page.screenshot({ clip })))
}

/** Of several parts at one moment; where a pixel of the page is one of the screen. */
export async function inkInEach(page: Page, boxes: Box[]): Promise<Ink[]> {
  const picture = await page.screenshot()
  return Promise.all(boxes.map(({ x, y, ...size }) => ink(sharp(picture).extract({ left: x, top: y, ...size }))))
}

async function ink(picture: Sharp): Promise<Ink> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const [paperRed, paperGreen, paperBlue] = [250, 247, 240]
  const columns = new Set<number>()
  const redColumns = new Set<number>()
  let count = 0
  let warmth = 0
  for (let n = 0; n < info.width * info.height; n++) {
    const [red, green, blue] = [data[3 * n], data[3 * n + 1], data[3 * n + 2]]
    // the faint rim of a line is neither
    if (Math.abs(paperRed - red) + Math.abs(paperGreen - green) + Math.abs(paperBlue - blue) < 240) continue
    count++
    warmth += red - blue
    columns.add(n % info.width)
    if (red > 170 && green < 130) redColumns.add(n % info.width)
  }
  return { count, warmth: warmth / Math.max(count, 1), columns: columns.size, redColumns: redColumns.size }
}

export type Finger = 'touch' | 'pen'

/** A finger or a pen that goes down at the first point, over the others, and up. */
export async function stroke(page: Page, finger: Finger, points: [x: number, y: number][]): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: at })
  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
    cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, pointerType: 'pen', clickCount: 1 })
  for (const [n, [x, y]] of points.entries())
    if (finger === 'touch') await touch(n === 0 ? 'touchStart' : 'touchMove', [{ x, y }])
    else await pen(n === 0 ? 'mousePressed' : 'mouseMoved', x, y)
  const [x, y] = points[points.length - 1]
  if (finger === 'touch') await touch('touchEnd', [])
  else await pen('mouseReleased', x, y)
  await cdp.detach()
}
