import sharp from 'sharp'
import { STRIP } from '../build/strip.ts'

const { width, height, frames: count } = STRIP
const MAX_BYTES = 150_000

/** Returns the animation for the gallery, frames one below the other as WebP, or null for a sketch that does not move. */
export async function strip(frames: Buffer[]): Promise<Buffer | null> {
  const pictures = await Promise.all(
    frames.map((frame) => sharp(frame).resize(width, height).removeAlpha().raw().toBuffer()),
  )
  // Skip frames before the first change, and an empty first one, which would flash.
  const first = pictures.findIndex((picture, n) => pictures[n + 1] && !picture.equals(pictures[n + 1]))
  if (first < 0) return null
  const moving = pictures.slice(isEmpty(pictures[first]) ? first + 1 : first)
  const chosen = Array.from({ length: count }, (_, n) => moving[Math.round((n * (moving.length - 1)) / (count - 1))])
  return smallEnough(Buffer.concat(chosen))
}

/** Compresses losslessly with few colors, which suits ink and repeated frames; lossily if that is too large. */
async function smallEnough(rgb: Buffer): Promise<Buffer> {
  const image = sharp(rgb, { raw: { width, height: height * count, channels: 3 } })
  const fewColors = await image.clone().png({ palette: true, colours: 32, dither: 0 }).toBuffer()
  let webp = await sharp(fewColors).webp({ lossless: true, effort: 5 }).toBuffer()
  for (const quality of [75, 60, 45, 30, 15]) {
    if (webp.length <= MAX_BYTES) break
    webp = await image.clone().webp({ quality, effort: 5 }).toBuffer()
  }
  return webp
}

/** Returns whether a picture has one color. @param rgb three bytes per pixel */
function isEmpty(rgb: Buffer): boolean {
  return rgb.every((value, n) => value === rgb[n % 3])
}
