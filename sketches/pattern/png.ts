import { type Pattern, patternFromRecipe, pngBytes, pngChannels, type Recipe, renderBands } from 'longhand'

const WORK_TIME = 8 // milliseconds of painting between pauses for other tasks
const MAX_PENDING = 2 ** 22 // bytes to collect before they go into the blob, which the browser may keep on disk

/**
 * Paints a picture of any size as a PNG with its recipe: on the CPU, so that the file is the same on every machine, and in
 * bands, so that it needs little memory.
 * @param onProgress receives the fraction that is done, 0…1; an error that it throws ends the painting
 */
export async function paintPng(
  recipe: Recipe,
  width: number,
  height: number,
  onProgress: (done: number) => void | Promise<void>,
): Promise<Blob> {
  let file = new Blob([], { type: 'image/png' })
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let pending = 0
  const append = () => {
    file = new Blob([file, ...pieces], { type: file.type })
    pieces = []
    pending = 0
  }
  const bands = paint(patternFromRecipe(recipe), width, height, onProgress)
  for await (const piece of pngBytes(
    { width, height, channels: pngChannels(recipe), recipe },
    bands,
    new CompressionStream('deflate'),
  )) {
    pieces.push(piece)
    pending += piece.length
    if (pending > MAX_PENDING) append()
  }
  append()
  return file
}

async function* paint(
  pattern: Pattern,
  width: number,
  height: number,
  onProgress: (done: number) => void | Promise<void>,
) {
  let paused = performance.now()
  for (const band of renderBands(pattern, width, height)) {
    yield band
    if (performance.now() - paused < WORK_TIME) continue
    await onProgress(band.done)
    await new Promise((resolve) => setTimeout(resolve))
    paused = performance.now()
  }
}
