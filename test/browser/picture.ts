import type { Page } from 'playwright-core'
import sharp, { type Sharp } from 'sharp'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The ink in a part of a page's screenshot. */
export interface Ink {
  /** pixels of ink */
  count: number
  /** the mean of red minus blue, −255…255 */
  warmth: number
  /** number of pixel columns with ink */
  columns: number
  /** number of columns with ink in the red accent */
  redColumns: number
}

export async function inkIn(page: Page, clip: Box): Promise<Ink> {
  return ink(sharp(await page.screenshot({ clip })))
}

/** Measures several parts of one screenshot. Requires a device pixel ratio of 1. */
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
    // skip the faint, antialiased edge of a line
    if (Math.abs(paperRed - red) + Math.abs(paperGreen - green) + Math.abs(paperBlue - blue) < 240) continue
    count++
    warmth += red - blue
    columns.add(n % info.width)
    if (red > 170 && green < 130) redColumns.add(n % info.width)
  }
  return { count, warmth: warmth / Math.max(count, 1), columns: columns.size, redColumns: redColumns.size }
}

export type Finger = 'touch' | 'pen'

/** Draws a stroke through all points with a finger or a pen. */
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
