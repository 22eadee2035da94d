import { type Pattern, patternFromRecipe, pngBytes, type Recipe, renderBands } from 'longhand'

const REST = 8 // milliseconds of painting after which others have their turn

/**
 * Paints a picture of any size into a PNG that holds its recipe. On the CPU, so that it is the same file on every machine,
 * and band by band, so that no more than the file is ever in memory.
 * @param onProgress told now and then how far it is, 0…1; what it throws ends the painting
 */
export async function paintPng(
  recipe: Recipe,
  width: number,
  height: number,
  onProgress: (done: number) => void | Promise<void>,
): Promise<Blob> {
  const pieces: BlobPart[] = []
  const channels = recipe.alpha !== 'none' ? 4 : recipe.color === 'bw' ? 1 : 3
  const bands = paint(patternFromRecipe(recipe), width, height, onProgress)
  for await (const piece of pngBytes({ width, height, channels, recipe }, bands, new CompressionStream('deflate')))
    pieces.push(piece)
  return new Blob(pieces, { type: 'image/png' })
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
