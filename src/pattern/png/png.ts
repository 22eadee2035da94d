import type { Pattern } from '../pattern.ts'
import { LARGEST_SIDE, type Recipe, RecipeError, recipeFromText, recipeText } from '../recipe/recipe.ts'
import { createFilter } from './filter.ts'

/** Bytes through a zlib compressor (RFC 1950): `new CompressionStream('deflate')`, in browsers and in Node. */
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

export interface PngOptions {
  readonly width: number
  readonly height: number
  /** 3 leaves the opacity out, where every pixel is opaque; 1 keeps red alone, where all colours are grey */
  readonly channels: 1 | 3 | 4
  /** kept in the file, for `recipeFromPng` */
  readonly recipe?: Recipe
}

/** As many channels as a pattern's colours need. */
export function pngChannels({ color, alpha }: Pick<Pattern, 'color' | 'alpha'>): PngOptions['channels'] {
  return alpha !== 'none' ? 4 : color === 'bw' ? 1 : 3
}

/** The key of the text chunk that holds the recipe. */
export const PNG_KEYWORD = 'longhand-pattern'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const COLOR_TYPES = { 1: 0, 3: 2, 4: 6 } as const // grey, RGB, RGBA
const LONGEST_TEXT = 1 << 16
const LONGEST_CHUNK = 2 ** 31 - 1

/**
 * Writes a PNG (ISO/IEC 15948) as it is painted: no more of it is in memory than a band of rows and what is on its way
 * through the compressor.
 * @param bands rows from the top, each (rows, width, 4) RGBA with straight alpha; read before the next one is asked for
 * @returns the file's bytes, piece by piece. Whoever stops asking stops the painting as well.
 * @throws RangeError where the bands have more or fewer pixels than the picture
 */
export async function* pngBytes(
  { width, height, channels, recipe }: PngOptions,
  bands: Iterable<{ pixels: Uint8ClampedArray }> | AsyncIterable<{ pixels: Uint8ClampedArray }>,
  compressor: Compressor,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 1 || side > LARGEST_SIDE)
      throw new RangeError(`Got a side of ${side} pixels when expected an integer from 1 to ${LARGEST_SIDE}.`)

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
  feeding.catch(() => {}) // heard of below
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (value?.length) yield chunk('IDAT', value)
    }
    await feeding
  } catch (error) {
    await feeding // why the bands ended says more than that the compressor was given up for it
    throw error
  } finally {
    await reader.cancel().catch(() => {})
    await feeding.catch(() => {})
  }
  yield chunk('IEND', new Uint8Array(0))
}

/**
 * The recipe that a PNG was saved with.
 * @param bytes the file; it may come from anywhere, and is checked as far as the recipe
 * @throws RecipeError where it is no PNG, is broken before the recipe, or has none
 */
export function recipeFromPng(bytes: Uint8Array): Recipe {
  if (bytes.length < SIGNATURE.length || SIGNATURE.some((byte, n) => bytes[n] !== byte))
    throw new RecipeError('picture: Got a file that is no PNG when expected a PNG that was saved with its recipe.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let begin = SIGNATURE.length; ; ) {
    const rest = bytes.length - begin
    if (rest < 12) throw new RecipeError(`picture: Got ${rest} bytes when expected another chunk of at least 12.`)
    const length = view.getUint32(begin)
    if (length > LONGEST_CHUNK || length > rest - 12)
      throw new RecipeError(
        `picture: Got ${rest - 12} bytes when expected a chunk of ${length}: the PNG ends too soon.`,
      )
    const type = textFromBytes(bytes.subarray(begin + 4, begin + 8))
    const data = bytes.subarray(begin + 8, begin + 8 + length)
    if (type === 'tEXt' || type === 'iTXt') {
      const text = textOf(type, data)
      if (text !== undefined) {
        if (crc32(bytes, begin + 4, begin + 8 + length) !== view.getUint32(begin + 8 + length))
          throw new RecipeError('picture: Got a recipe whose checksum is wrong when expected it as it was saved.')
        return recipeFromText(text)
      }
    }
    if (type === 'IEND')
      throw new RecipeError('picture: Got a PNG without a recipe when expected one that was saved with it.')
    begin += 12 + length
  }
}

/** The text of our own key, and nothing for all others. iTXt: what editors turn a tEXt into, if it is not compressed. */
function textOf(type: 'tEXt' | 'iTXt', data: Uint8Array): string | undefined {
  const end = data.indexOf(0)
  if (end < 0 || textFromBytes(data.subarray(0, Math.min(end, 80))) !== PNG_KEYWORD) return undefined
  if (data.length > LONGEST_TEXT)
    throw new RecipeError(`picture: Got a recipe of ${data.length} bytes when expected at most ${LONGEST_TEXT}.`)
  if (type === 'tEXt') return textFromBytes(data.subarray(end + 1))
  if (data[end + 1] !== 0) throw new RecipeError('picture: Got a compressed recipe when expected it as plain text.')
  const language = data.indexOf(0, end + 3)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  if (translated < 0)
    throw new RecipeError('picture: Got a text without its three names when expected those before the recipe.')
  return textFromBytes(data.subarray(translated + 1))
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

/** Bands to the bytes that are compressed: every row has its filter before it. */
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
      throw new RangeError(`Got ${total} rows of ${width} pixels when expected ${height}.`)
    const bytes = new Uint8Array(rows * (1 + channels * width))
    for (let row = 0; row < rows; row++) filter(pixels, row, bytes)
    yield bytes
  }
  if (total !== height) throw new RangeError(`Got ${total} rows of ${width} pixels when expected ${height}.`)
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(bytesFromText(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes, 4, 8 + data.length))
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})

/** The checksum of PNG's chunks, of bytes[from…to−1]. */
function crc32(bytes: Uint8Array, from: number, to: number): number {
  let rest = 0xffffffff
  for (let k = from; k < to; k++) rest = (rest >>> 8) ^ CRC_TABLE[(rest ^ bytes[k]) & 255]
  return (rest ^ 0xffffffff) >>> 0
}

/** ASCII alone: keywords, and recipes, whose words are our own. */
function bytesFromText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function textFromBytes(bytes: Uint8Array): string {
  let text = ''
  for (let n = 0; n < bytes.length; n += 4096) text += String.fromCharCode(...bytes.subarray(n, n + 4096))
  return text
}
