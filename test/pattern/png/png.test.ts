import { decode, encode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import {
  patternFromRecipe,
  pngBytes,
  pngChannels,
  RecipeError,
  recipeFromPng,
  renderBands,
} from '../../../src/api/pattern.ts'
import { renderTile } from '../../../src/pattern/paint/painter.ts'
import type { Compressor, PngOptions } from '../../../src/pattern/png/write-png.ts'
import { assortedRecipes, recipe } from '../../fixtures/recipes.ts'

const compressor = () => new CompressionStream('deflate') as unknown as Compressor

async function png(options: PngOptions, bands: Parameters<typeof pngBytes>[1]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of pngBytes(options, bands, compressor())) pieces.push(piece)
  return new Uint8Array(Buffer.concat(pieces))
}

const saved = recipe({ seed: 12, latent: [0.5, -0.25], alpha: 'straight' })
const [width, height] = [130, 90]
const savedPng = await png(
  { width, height, channels: 4, recipe: saved },
  renderBands(patternFromRecipe(saved), width, height),
)

describe('a saved PNG', () => {
  test.each([1, 3, 4] as const)('of %i channels has the pixels that were painted', async (channels) => {
    const pattern = patternFromRecipe(recipe({ color: channels === 1 ? 'bw' : 'rgb', alpha: 'soft' }))
    const pixels = new Uint8ClampedArray(width * height * 4)
    renderTile(pattern, { width, height }, pixels)
    const image = decode(await png({ width, height, channels }, renderBands(pattern, width, height)), {
      checkCrc: true,
    })
    expect([image.width, image.height, image.channels, image.depth]).toEqual([width, height, channels, 8])
    expect([...image.data]).toEqual([...pixels.filter((_, k) => k % 4 < channels)])
  })

  test('is much smaller than its pixels', () => {
    expect(savedPng.length).toBeLessThan(0.8 * width * height * 4)
  })

  test('contains its recipe, which paints the same file', async () => {
    const found = recipeFromPng(savedPng)
    expect(found).toEqual(saved)
    const again = await png(
      { width, height, channels: 4, recipe: found },
      renderBands(patternFromRecipe(found), width, height),
    )
    expect(Buffer.from(again).equals(savedPng)).toBe(true)
    for (const recipe of assortedRecipes(12, 3)) {
      const pixels = new Uint8ClampedArray(4)
      expect(recipeFromPng(await png({ width: 1, height: 1, channels: 3, recipe }, [{ pixels }]))).toEqual(recipe)
    }
  })

  test('is read from an iTXt chunk too, which editors write', () => {
    const text = Buffer.concat([
      Buffer.from('longhand-pattern\0\0\0en\0recipe\0'),
      Buffer.from(JSON.stringify({ format: 'longhand-pattern', version: 1, seed: 5 })),
    ])
    expect(recipeFromPng(withChunk('iTXt', text)).seed).toBe(5)
  })

  test('has as many channels as the colors of a pattern need', () => {
    expect(pngChannels({ color: 'bw', alpha: 'none' })).toBe(1)
    expect(pngChannels({ color: 'oklch', alpha: 'none' })).toBe(3)
    expect(pngChannels({ color: 'bw', alpha: 'soft' })).toBe(4)
    expect(pngChannels({ color: 'rgb', alpha: 'straight' })).toBe(4)
  })

  test('without a recipe is refused', async () => {
    const plain = encode({ width: 2, height: 1, data: new Uint8Array(8), channels: 4 })
    expect(() => recipeFromPng(plain)).toThrow(
      new RecipeError('picture: Expected a PNG that was saved with its recipe, got one without.'),
    )
    const other = withChunk('tEXt', Buffer.from('Comment\0{"seed": 1}'))
    expect(() => recipeFromPng(other)).toThrow('got one without')
  })

  test('that is another file, cut off or changed throws only RecipeErrors', () => {
    expect(() => recipeFromPng(new Uint8Array(0))).toThrow(RecipeError)
    expect(() => recipeFromPng(Buffer.from('GIF89a; or so it says'))).toThrow('got another file')
    const begin = Buffer.from(savedPng).indexOf('tEXt') - 4
    const end = begin + 12 + new DataView(savedPng.buffer).getUint32(begin)
    for (let length = 0; length < end; length++)
      expect(() => recipeFromPng(savedPng.subarray(0, length)), `${length} bytes`).toThrow(RecipeError)
    expect(recipeFromPng(savedPng.subarray(0, end))).toEqual(saved)
    for (let at = 0; at < end; at++) {
      const changed = savedPng.slice()
      changed[at] = changed[at] ^ 0x10
      try {
        recipeFromPng(changed)
      } catch (error) {
        expect(error, `byte ${at}`).toBeInstanceOf(RecipeError)
      }
    }
    const damaged = savedPng.slice()
    damaged[begin + 40] = damaged[begin + 40] ^ 1
    expect(() => recipeFromPng(damaged)).toThrow('checksum')
  })
})

describe('the writer', () => {
  test('requests bands one at a time, and none after the reader has stopped', async () => {
    let asked = 0
    let closed = false
    const rows = 64
    function* endless() {
      try {
        for (;;) {
          asked++
          yield { pixels: new Uint8ClampedArray(4 * 1024 * rows).map(() => Math.floor(256 * Math.random())) }
        }
      } finally {
        closed = true
      }
    }
    let bytes = 0
    for await (const piece of pngBytes({ width: 1024, height: 16384, channels: 4 }, endless(), compressor())) {
      bytes += piece.length
      if (bytes > 1e6) break
    }
    expect(asked).toBeLessThan(16)
    expect(closed).toBe(true)
  })

  test('rejects with the error of the bands', async () => {
    function* broken() {
      yield { pixels: new Uint8ClampedArray(40) }
      throw new Error('out of paint')
    }
    await expect(png({ width: 10, height: 10, channels: 3 }, broken())).rejects.toThrow('out of paint')
  })

  test('refuses too few or too many rows, and sizes out of range', async () => {
    const band = (rows: number) => [{ pixels: new Uint8ClampedArray(40 * rows) }]
    const options = { width: 10, height: 3, channels: 3 } as const
    await expect(png(options, band(2))).rejects.toThrow('Expected 3 rows of 10 pixels, got 2.')
    await expect(png(options, band(4))).rejects.toThrow('Expected 3 rows of 10 pixels, got 4.')
    await expect(png({ ...options, width: 16385 }, band(3))).rejects.toThrow('16385')
    await expect(png({ ...options, height: 0 }, band(0))).rejects.toThrow(RangeError)
  })
})

/** Encodes a PNG with another encoder, and inserts a chunk. */
function withChunk(type: string, data: Buffer): Uint8Array {
  const plain = Buffer.from(encode({ width: 2, height: 1, data: new Uint8Array(8), channels: 4 }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type), data])
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(body))
  const afterHeader = 8 + 25
  return Buffer.concat([plain.subarray(0, afterHeader), length, body, checksum, plain.subarray(afterHeader)])
}

/** Computes the checksum bit by bit, as the standard defines it. */
function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit++) rest = (rest ^ (byte >> bit)) & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return (rest ^ 0xffffffff) >>> 0
}
