import { type Pattern, patternFromRecipe, pngBytes, pngChannels, type Recipe, renderBands } from 'longhand'

const REST = 8 // milliseconds of painting after which others have their turn
const KEPT = 2 ** 22 // bytes that wait until they are given to the browser, which may put them on the disk

/**
 * Paints a picture of any size into a PNG that holds its recipe. On the CPU, so that it is the same file on every machine,
 * and band by band, so that little of it is ever in the page's memory.
 * @param onProgress told now and then how far it is, 0…1; what it throws ends the painting
 */
export async function paintPng(
  recipe: Recipe,
  width: number,
  height: number,
  onProgress: (done: number) => void | Promise<void>,
): Promise<Blob> {
  let file = new Blob([], { type: 'image/png' })
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let waiting = 0
  const keep = () => {
    file = new Blob([file, ...pieces], { type: file.type })
    pieces = []
    waiting = 0
  }
  const bands = paint(patternFromRecipe(recipe), width, height, onProgress)
  for await (const piece of pngBytes(
    { width, height, channels: pngChannels(recipe), recipe },
    bands,
    new CompressionStream('deflate'),
  )) {
    pieces.push(piece)
    waiting += piece.length
    if (waiting > KEPT) keep()
  }
  keep()
  return file
}

async function* paint(
  pattern: Pattern,
  width: number,
  height: number,
  onProgress: (done: number) => void | Promise<void>,
) {
  let rested = performance.now()
  for (const band of renderBands(pattern, width, height)) {
    yield band
    if (performance.now() - rested < REST) continue
    await onProgress(band.done)
    await new Promise((resolve) => setTimeout(resolve))
    rested = performance.now()
  }
}
