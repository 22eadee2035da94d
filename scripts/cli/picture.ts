import { type Pattern, pngBytes, pngChannels, type Recipe, renderBands } from '../../src/api/pattern.ts'
import type { Compressor } from '../../src/pattern/png/write-png.ts'

export interface Picture {
  readonly pattern: Pattern
  /** stored in the file */
  readonly recipe?: Recipe
  readonly width: number
  readonly height: number
}

/**
 * Returns the PNG of a pattern, painted while it is being read.
 * @param onProgress receives the fraction that is done, 0…1
 * @throws the reason of the signal, once aborted
 */
export function picturePng(
  { pattern, recipe, width, height }: Picture,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const bands = (async function* () {
    for (const band of renderBands(pattern, width, height)) {
      // Signals arrive only between turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      onProgress(band.done)
      yield band
    }
  })()
  const compressor = new CompressionStream('deflate') as unknown as Compressor
  return pngBytes({ width, height, channels: pngChannels(pattern), ...(recipe && { recipe }) }, bands, compressor)
}

/** Creates a progress report on stderr: one line that counts up in a terminal, and a line per 10 % in a file. */
export function createProgress(): (done: number) => void {
  let last = -1
  return (done) => {
    const percent = Math.floor(done * 100)
    if (process.stderr.isTTY) {
      if (percent !== last) process.stderr.write(`\r${percent} %${percent === 100 ? '\n' : ''}`)
    } else if (Math.floor(percent / 10) !== Math.floor(last / 10)) {
      process.stderr.write(`${percent} %\n`)
    }
    last = percent
  }
}
