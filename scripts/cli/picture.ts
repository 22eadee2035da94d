import { type Pattern, pngBytes, pngChannels, type Recipe, renderBands } from '../../src/api/pattern.ts'
import type { Compressor } from '../../src/pattern/png/png.ts'

export interface Picture {
  readonly pattern: Pattern
  /** kept in the file */
  readonly recipe?: Recipe
  readonly width: number
  readonly height: number
}

/**
 * The PNG of a pattern, painted as it is read.
 * @param onProgress told how far it is, 0…1
 * @throws the signal's reason once it was given
 */
export function picturePng(
  { pattern, recipe, width, height }: Picture,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const bands = (async function* () {
    for (const band of renderBands(pattern, width, height)) {
      // A signal is heard only between two turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      onProgress(band.done)
      yield band
    }
  })()
  const compressor = new CompressionStream('deflate') as unknown as Compressor
  return pngBytes({ width, height, channels: pngChannels(pattern), ...(recipe && { recipe }) }, bands, compressor)
}

/** A line on stderr that counts up where someone looks on, and every tenth where it goes into a file. */
export function createProgress(): (done: number) => void {
  let told = -1
  return (done) => {
    const percent = Math.floor(done * 100)
    if (process.stderr.isTTY) {
      if (percent !== told) process.stderr.write(`\r${percent} %${percent === 100 ? '\n' : ''}`)
    } else if (Math.floor(percent / 10) !== Math.floor(told / 10)) {
      process.stderr.write(`${percent} %\n`)
    }
    told = percent
  }
}
