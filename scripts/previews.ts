// npm run previews: takes the picture of every sketch, sketches/NAME/preview.png. `-- NAME …` takes only those.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { BuildError, shortPath } from './build/build-error.ts'
import { report } from './build/report.ts'
import { root } from './build/root.ts'
import { buildSite } from './build/site.ts'
import { findSketches, type Sketch } from './build/sketch.ts'
import { swap } from './build/swap.ts'
import { launchChromium } from './chromium.ts'
import { serveFolder } from './static-server.ts'

const patience = 60_000
const timeToDraw = 30_000
const small = 150_000

async function main(only: string[]): Promise<void> {
  const site = join(root, 'dist/sketches')
  await swap(site, (out) => buildSite(out, { previews: false }))
  const sketches = (await findSketches(join(root, 'sketches'), { previews: false })).filter(chosen(only))
  const server = await serveFolder(site)
  const browser = await launchChromium()
  try {
    for (const sketch of sketches) {
      const file = join(sketch.folder, 'preview.png')
      const picture = await smallEnough(await photograph(browser, server.url, sketch))
      await writeFile(file, picture)
      console.log(`${shortPath(file)}: ${Math.ceil(picture.length / 1000)} kB`)
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

function chosen(only: string[]): (sketch: Sketch) => boolean {
  return ({ name }) => only.length === 0 || only.includes(name)
}

async function photograph(browser: Browser, url: string, { name, folder, source }: Sketch): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width: 960, height: 600 },
    deviceScaleFactor: 1,
    colorScheme: 'light',
  })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  try {
    await page.goto(`${url}${name}/index.html#seed=7&speed=4&preview`)
    if (source === 'sketch.js') await plainSketch(page)
    else
      await page.waitForFunction(() => document.documentElement.dataset.preview === 'ready', null, {
        timeout: patience,
      })
    return await page.screenshot({ animations: 'disabled' })
  } catch (error) {
    throw new BuildError(
      [
        `${shortPath(join(folder, source))} gave no picture: with #seed=7&speed=4&preview in the address, it should set`,
        `document.documentElement.dataset.preview = 'ready' once it looks good, within ${patience / 1000} s.`,
        ...(complaints.length > 0 ? ['The page says:', ...complaints] : [(error as Error).message]),
      ].join('\n'),
    )
  } finally {
    await page.close()
  }
}

/** A sketch in plain JavaScript says nothing of previews, so that it stays a listing to learn from: it gets its time. */
async function plainSketch(page: Page): Promise<void> {
  await page.waitForTimeout(timeToDraw)
  await page.evaluate(() => {
    document.documentElement.dataset.preview = 'ready'
  })
}

/** Ink on paper is small as it is; a picture of many colours gets a palette. */
async function smallEnough(png: Buffer): Promise<Buffer> {
  const plain = await sharp(png).png({ compressionLevel: 9, effort: 10 }).toBuffer()
  if (plain.length <= small) return plain
  let smallest = plain
  for (const colours of [256, 128, 64, 32]) {
    smallest = await sharp(png).png({ palette: true, colours, effort: 10 }).toBuffer()
    if (smallest.length <= small) break
  }
  return smallest
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(report(error))
  process.exitCode = 1
}
