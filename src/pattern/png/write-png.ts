import type { Pattern } from '../pattern.ts'
import { LARGEST_SIDE, type Recipe, recipeText } from '../recipe/recipe.ts'
import { bytesFromText, chunk, PNG_KEYWORD, SIGNATURE } from './chunk.ts'
import { createFilter } from './filter.ts'

/** A zlib compressor (RFC 1950): `new CompressionStream('deflate')`, in browsers and in Node. */
export interface Compressor {
  readonly writable: {
    getWriter(): {
      write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
      close(): Promise<void>
      abort(reason?: unknown): Promise<void>
    }
  }
  readonly readable: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
      cancel(reason?: unknown): Promise<void>
    }
  }
}

/** The size and contents of a PNG. */
export interface PngOptions {
  readonly width: number
  readonly height: number
  /** 4 is RGBA; 3 leaves the opacity out, for opaque pictures; 1 keeps only red, for gray ones */
  readonly channels: 1 | 3 | 4
  /** stored in the file, for `recipeFromPng` */
  readonly recipe?: Recipe
}

/** Returns how many channels the colors of a pattern need. */
export function pngChannels({ color, alpha }: Pick<Pattern, 'color' | 'alpha'>): PngOptions['channels'] {
  return alpha !== 'none' ? 4 : color === 'bw' ? 1 : 3
}

const COLOR_TYPES = { 1: 0, 3: 2, 4: 6 } as const // gray, RGB, RGBA

/**
 * Writes a PNG (ISO/IEC 15948) while it is being painted: memory holds one band of rows and the compressor's buffer.
 * @param bands rows from the top, each (rows, width, 4) RGBA with straight alpha; each is read before the next is requested
 * @returns the bytes of the file, in pieces. Returning early stops the painting too.
 * @throws RangeError if a side is not in 1…LARGEST_SIDE, or the bands have more or fewer rows than the picture
 */
export async function* pngBytes(
  { width, height, channels, recipe }: PngOptions,
  bands: Iterable<{ pixels: Uint8ClampedArray }> | AsyncIterable<{ pixels: Uint8ClampedArray }>,
  compressor: Compressor,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 1 || side > LARGEST_SIDE)
      throw new RangeError(`Expected a side of 1 to ${LARGEST_SIDE} pixels, got ${side}.`)

  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, COLOR_TYPES[channels], 0, 0, 0], 8)
  yield SIGNATURE
  yield chunk('IHDR', header)
  yield chunk('sRGB', Uint8Array.of(0))
  if (recipe) yield chunk('tEXt', bytesFromText(`${PNG_KEYWORD}\0${recipeText(recipe)}`))

  const writer = compressor.writable.getWriter()
  const reader = compressor.readable.getReader()
  const feeding = feed(writer, filterRows(bands, width, height, channels))
  feeding.catch(() => {}) // its error is thrown below
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (value?.length) yield chunk('IDAT', value)
    }
    await feeding
  } catch (error) {
    await feeding // throws the error of the bands, which caused the compressor's
    throw error
  } finally {
    await reader.cancel().catch(() => {})
    await feeding.catch(() => {})
  }
  yield chunk('IEND', new Uint8Array(0))
}

type ByteWriter = ReturnType<Compressor['writable']['getWriter']>

async function feed(writer: ByteWriter, rows: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
  try {
    for await (const piece of rows) await writer.write(piece)
    await writer.close()
  } catch (error) {
    await writer.abort(error).catch(() => {})
    throw error
  }
}

/** Filters bands into the bytes to be compressed: each row with its filter type before it. */
async function* filterRows(
  bands: Iterable<{ pixels: Uint8ClampedArray }> | AsyncIterable<{ pixels: Uint8ClampedArray }>,
  width: number,
  height: number,
  channels: 1 | 3 | 4,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const filter = createFilter(width, channels)
  let total = 0
  for await (const { pixels } of bands) {
    const rows = pixels.length / (4 * width)
    total += rows
    if (!Number.isInteger(rows) || total > height)
      throw new RangeError(`Expected ${height} rows of ${width} pixels, got ${total}.`)
    const bytes = new Uint8Array(rows * (1 + channels * width))
    for (let row = 0; row < rows; row++) filter(pixels, row, bytes)
    yield bytes
  }
  if (total !== height) throw new RangeError(`Expected ${height} rows of ${width} pixels, got ${total}.`)
}
