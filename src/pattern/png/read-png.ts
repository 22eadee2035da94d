import { type Recipe, RecipeError, recipeFromText } from '../recipe/recipe.ts'
import { crc32, PNG_KEYWORD, SIGNATURE, textFromBytes } from './chunk.ts'

const MAX_TEXT_BYTES = 1 << 16
const MAX_CHUNK_BYTES = 2 ** 31 - 1

/**
 * Reads the recipe that a PNG was saved with.
 * @param bytes a file from anywhere; it is checked up to the recipe
 * @throws RecipeError if it is not a PNG, is broken before the recipe, or contains none
 */
export function recipeFromPng(bytes: Uint8Array): Recipe {
  if (bytes.length < SIGNATURE.length || SIGNATURE.some((byte, n) => bytes[n] !== byte))
    throw new RecipeError('picture: Expected a PNG that was saved with its recipe, got another file.')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let begin = SIGNATURE.length; ; ) {
    const rest = bytes.length - begin
    if (rest < 12)
      throw new RecipeError(`picture: Expected another chunk of at least 12 bytes, got ${rest}: the PNG is cut off.`)
    const length = view.getUint32(begin)
    if (length > MAX_CHUNK_BYTES || length > rest - 12)
      throw new RecipeError(`picture: Expected a chunk of ${length} bytes, got ${rest - 12}: the PNG is cut off.`)
    const type = textFromBytes(bytes.subarray(begin + 4, begin + 8))
    const data = bytes.subarray(begin + 8, begin + 8 + length)
    if (type === 'tEXt' || type === 'iTXt') {
      const text = textOf(type, data)
      if (text !== undefined) {
        if (crc32(bytes, begin + 4, begin + 8 + length) !== view.getUint32(begin + 8 + length))
          throw new RecipeError('picture: Expected the recipe as it was saved, got one with a wrong checksum.')
        return recipeFromText(text)
      }
    }
    if (type === 'IEND')
      throw new RecipeError('picture: Expected a PNG that was saved with its recipe, got one without.')
    begin += 12 + length
  }
}

/** Returns the text of a chunk with our keyword. Image editors may turn tEXt into iTXt, which is read if not compressed. */
function textOf(type: 'tEXt' | 'iTXt', data: Uint8Array): string | undefined {
  const end = data.indexOf(0)
  if (end < 0 || textFromBytes(data.subarray(0, Math.min(end, 80))) !== PNG_KEYWORD) return undefined
  if (data.length > MAX_TEXT_BYTES)
    throw new RecipeError(`picture: Expected a recipe of at most ${MAX_TEXT_BYTES} bytes, got ${data.length}.`)
  if (type === 'tEXt') return textFromBytes(data.subarray(end + 1))
  if (data[end + 1] !== 0) throw new RecipeError('picture: Expected the recipe as plain text, got it compressed.')
  const language = data.indexOf(0, end + 3)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  if (translated < 0)
    throw new RecipeError('picture: Expected an iTXt chunk with language and translated keyword, got one without.')
  return textFromBytes(data.subarray(translated + 1))
}
