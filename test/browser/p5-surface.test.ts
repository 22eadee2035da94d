import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'

const browser = useBrowser()
let folder: string

// Draws the same zigzag words twice: on the left by p5's line() and bezier(), on the right by the canvas.
const SKETCH = `
function setup() {
  createCanvas(600, 200)
  pixelDensity(1)
  background(255)
  noFill()
  stroke(30)
  strokeWeight(3)
  const { Page, p5Surface } = longhand
  const write = (left, surface) => {
    const page = new Page({ left, right: left + 250, top: 50, bottom: 160, lineHeight: 50, unit: 8 })
    for (let n = 0; n < 120; n++)
      page.write(n % 10 === 9 ? [3, 0, 1] : [0.9, n % 2 ? 2.5 : -2.4, n % 10 === 8 ? 1 : 0], surface)
  }
  write(20, p5Surface(window))
  drawingContext.beginPath()
  write(320, drawingContext)
  drawingContext.stroke()
  document.title = 'drawn'
}`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
  const page = (p5: string) =>
    ['<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>', p5, 'longhand.js', 'sketch.js']
      .map((part, n) => (n === 0 ? part : `<script src="${part}"></script>`))
      .join('\n')
  await Promise.all([
    copyFile(join(dist, 'longhand.js'), join(folder, 'longhand.js')),
    copyFile(join(root, 'node_modules/p5/lib/p5.min.js'), join(folder, 'p5-2.min.js')),
    copyFile(join(root, 'node_modules/p5-v1/lib/p5.min.js'), join(folder, 'p5-1.min.js')),
    writeFile(join(folder, 'sketch.js'), SKETCH),
    ...['1', '2'].map((version) => writeFile(join(folder, `p5-${version}.html`), page(`p5-${version}.min.js`))),
  ])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(['1', '2'])('p5Surface, on p5 %s', (version) => {
  test('draws the same as the canvas', async () => {
    const { page, complaints } = await browser.open(pathToFileURL(join(folder, `p5-${version}.html`)).href)
    await page.waitForFunction(() => document.title === 'drawn')
    const inkOf = async (x: number) => {
      const clip = { x, y: 0, width: 300, height: 200 }
      const { data, info } = await sharp(await page.screenshot({ clip }))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true })
      return Array.from({ length: info.width * info.height }, (_, n) => 255 - data[n * info.channels])
    }
    const [byP5, byCanvas] = [await inkOf(0), await inkOf(300)]
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
    expect(sum(byCanvas)).toBeGreaterThan(100_000)
    // p5 draws each segment separately, so they overlap at the joints; nothing else may differ.
    expect(sum(byP5.map((value, n) => Math.abs(value - byCanvas[n])))).toBeLessThan(0.05 * sum(byCanvas))
    expect(complaints).toEqual([])
    await page.close()
  })
})
