import { decodeRecipe, type Recipe, RecipeError, recipeFromSeed } from './recipe.ts'

type Value = string | number | readonly string[] | readonly number[]

/** How a field is written in an address: its key, and what its text is read as. */
interface Field {
  readonly key: string
  readonly kind: 'number' | 'word' | 'numbers' | 'words'
  readonly get: (recipe: Recipe) => Value
}

const fields: Readonly<Record<string, Field>> = {
  seed: { key: 'seed', kind: 'number', get: ({ seed }) => seed },
  size: { key: 'size', kind: 'number', get: ({ size }) => size },
  depth: { key: 'depth', kind: 'number', get: ({ depth }) => depth },
  activations: { key: 'act', kind: 'words', get: ({ activations }) => activations },
  inputs: { key: 'in', kind: 'words', get: ({ inputs }) => inputs },
  latent: { key: 'z', kind: 'numbers', get: ({ latent }) => latent },
  frequency: { key: 'freq', kind: 'number', get: ({ frequency }) => frequency },
  gain: { key: 'gain', kind: 'number', get: ({ gain }) => gain },
  contrast: { key: 'contrast', kind: 'number', get: ({ contrast }) => contrast },
  center: { key: 'center', kind: 'numbers', get: ({ center }) => center },
  folds: { key: 'folds', kind: 'number', get: ({ folds }) => folds },
  color: { key: 'color', kind: 'word', get: ({ color }) => color },
  hue: { key: 'hue', kind: 'numbers', get: ({ hue }) => hue },
  alpha: { key: 'alpha', kind: 'word', get: ({ alpha }) => alpha },
  viewCenter: { key: 'at', kind: 'numbers', get: ({ view }) => view.center },
  zoom: { key: 'zoom', kind: 'number', get: ({ view }) => view.zoom },
}

const VERSION_KEY = 'pattern'
const MAX_LENGTH = 8192

/**
 * Writes a recipe as the fragment of an address, without the #: `pattern=1&seed=3&z=0.5,-1`. Defaults are left out.
 * Numbers are written in full, so that the address gives the same picture to the bit.
 */
export function recipeToAddress(recipe: Recipe): string {
  const defaults = recipeFromSeed(recipe.seed)
  const parts = [`${VERSION_KEY}=1`]
  for (const [name, { key, get }] of Object.entries(fields)) {
    const text = String(get(recipe))
    if (name === 'seed' || text !== String(get(defaults))) parts.push(`${key}=${text}`)
  }
  return parts.join('&')
}

/**
 * Reads a recipe from the fragment of an address, with or without its #. Other keys are ignored: they belong to the page.
 * @returns undefined if the fragment contains no recipe
 * @throws RecipeError if it contains a broken one
 */
export function recipeFromAddress(fragment: string): Recipe | undefined {
  const texts = new Map<string, string>()
  if (fragment.length > MAX_LENGTH)
    throw new RecipeError(`address: Expected at most ${MAX_LENGTH} characters, got ${fragment.length}.`)
  for (const part of fragment.replace(/^[#?]/, '').split('&')) {
    const equals = part.indexOf('=')
    if (equals > 0) texts.set(part.slice(0, equals), decode(part.slice(equals + 1)))
  }
  const version = texts.get(VERSION_KEY)
  if (version === undefined) return undefined

  const values: Record<string, unknown> = {}
  for (const [name, { key, kind }] of Object.entries(fields)) {
    const text = texts.get(key)
    if (text !== undefined) values[name] = read(text, kind)
  }
  const { viewCenter, zoom, ...others } = values
  return decodeRecipe({
    format: 'longhand-pattern',
    version: toNumber(version),
    ...others,
    view: { ...(viewCenter !== undefined && { center: viewCenter }), ...(zoom !== undefined && { zoom }) },
  })
}

function read(text: string, kind: Field['kind']): unknown {
  if (kind === 'word') return text
  if (kind === 'number') return toNumber(text)
  const parts = text === '' ? [] : text.split(',')
  return kind === 'words' ? parts : parts.map(toNumber)
}

/** Reads a number, or returns the text unchanged, which `decodeRecipe` then refuses by name. */
function toNumber(text: string): number | string {
  return /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : text
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new RecipeError(`address: Expected percent-encoded text, got ${JSON.stringify(text)}.`)
  }
}
