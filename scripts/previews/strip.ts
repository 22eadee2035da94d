import sharp from 'sharp'
import { STRIP } from '../build/strip.ts'

const { width, height, frames: count } = STRIP
const small = 150_000

/** The moving picture of the gallery: frames one below the other, a WebP; none of a sketch that does not move. */
export async function strip(frames: Buffer[]): Promise<Buffer | null> {
  const pictures = await Promise.all(
    frames.map((frame) => sharp(frame).resize(width, height).removeAlpha().raw().toBuffer()),
  )
  // a page that gets ready before it draws would make one wait for nothing, and an empty one among pictures would flash
  const first = pictures.findIndex((picture, n) => pictures[n + 1] && !picture.equals(pictures[n + 1]))
  if (first < 0) return null
  const moving = pictures.slice(isEmpty(pictures[first]) ? first + 1 : first)
  const chosen = Array.from({ length: count }, (_, n) => moving[Math.round((n * (moving.length - 1)) / (count - 1))])
  return smallEnough(Buffer.concat(chosen))
}

/** Ink on paper: WebP finds again what stood in the frame above, as long as nothing is blurred. Many colours: it may blur. */
async function smallEnough(rgb: Buffer): Promise<Buffer> {
  const image = sharp(rgb, { raw: { width, height: height * count, channels: 3 } })
  const fewColours = await image.clone().png({ palette: true, colours: 32, dither: 0 }).toBuffer()
  let webp = await sharp(fewColours).webp({ lossless: true, effort: 5 }).toBuffer()
  for (const quality of [75, 60, 45, 30, 15]) {
    if (webp.length <= small) break
    webp = await image.clone().webp({ quality, effort: 5 }).toBuffer()
  }
  return webp
}

/** All of one colour. @param rgb three bytes a pixel */
function isEmpty(rgb: Buffer): boolean {
  return rgb.every((value, n) => value === rgb[n % 3])
}
