// npm run previews: takes the pictures of every sketch for the gallery, sketches/NAME/preview.png and
// preview-motion.webp, which plays under the pointer. `-- NAME …` selects sketches.
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { shortPath } from './build/build-error.ts'
import { report } from './build/report.ts'
import { root } from './build/root.ts'
import { buildSite } from './build/site.ts'
import { findSketches, type Sketch } from './build/sketch.ts'
import { STRIP } from './build/strip.ts'
import { swap } from './build/swap.ts'
import { launchChromium } from './chromium.ts'
import { record } from './previews/record.ts'
import { strip } from './previews/strip.ts'
import { serveFolder } from './static-server.ts'

const MAX_BYTES = 150_000

async function main(only: string[]): Promise<void> {
  const site = join(root, 'dist/sketches')
  await swap(site, (out) => buildSite(out, { previews: false }))
  const sketches = (await findSketches(join(root, 'sketches'), { previews: false })).filter(chosen(only))
  const server = await serveFolder(site)
  const browser = await launchChromium()
  try {
    for (const sketch of sketches) {
      // More frames than needed: the first ones may be empty.
      const { frames, still } = await record(browser, server.url, sketch, 1.5 * STRIP.frames)
      await keep(join(sketch.folder, 'preview.png'), await smallEnough(still))
      await keep(join(sketch.folder, 'preview-motion.webp'), await strip([...frames, still]))
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function keep(file: string, picture: Buffer | null): Promise<void> {
  if (!picture) return rm(file, { force: true })
  await writeFile(file, picture)
  console.log(`${shortPath(file)}: ${Math.ceil(picture.length / 1000)} kB`)
}

function chosen(only: string[]): (sketch: Sketch) => boolean {
  return ({ name }) => only.length === 0 || only.includes(name)
}

/** Compresses a picture, with a palette if it is too large otherwise. */
async function smallEnough(png: Buffer): Promise<Buffer> {
  const plain = await sharp(png).png({ compressionLevel: 9, effort: 10 }).toBuffer()
  if (plain.length <= MAX_BYTES) return plain
  let smallest = plain
  for (const colours of [256, 128, 64, 32]) {
    smallest = await sharp(png).png({ palette: true, colours, effort: 10 }).toBuffer()
    if (smallest.length <= MAX_BYTES) break
  }
  return smallest
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(report(error))
  process.exitCode = 1
}
