import * as v from 'valibot'
import { once } from '../../math/once.ts'
import { describeIssue } from '../../weights/schema-error.ts'
import { INPUTS } from '../network/position.ts'
import { LAYER_ACTIVATIONS } from '../network/random-network.ts'
import { ALPHAS, COLOR_MODELS } from '../paint/color.ts'

/** Reports a recipe, or a file that should contain one, as broken: names the field, what was expected and what came. */
export class RecipeError extends Error {
  override name = 'RecipeError'
}

/** The largest side of a picture, in pixels: enough for large prints. */
export const LARGEST_SIDE = 16384

const number = (least: number, largest: number) => {
  const message = `a number from ${least} to ${largest}`
  return v.pipe(v.number(message), v.finite(message), v.minValue(least, message), v.maxValue(largest, message))
}
const integer = (least: number, largest: number) => {
  const message = `an integer from ${least} to ${largest}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(largest, message))
}
const oneOf = <const T extends readonly string[]>(options: T) => v.picklist(options, `one of ${options.join(', ')}`)
const list = <T extends v.GenericSchema>(item: T, least: number, largest: number) => {
  const message = `a list of ${least} to ${largest} items`
  return v.pipe(v.array(item, message), v.minLength(least, message), v.maxLength(largest, message))
}
const pair = (least: number, largest: number) =>
  v.strictTuple([number(least, largest), number(least, largest)], 'a list of two numbers')

const recipeSchema = once(() =>
  v.strictObject({
    format: v.literal('longhand-pattern', '"longhand-pattern"'),
    version: v.literal(1, '1'),
    seed: integer(0, 2 ** 32 - 1),
    size: v.optional(integer(2, 64), 16),
    depth: v.optional(integer(1, 32), 6),
    activations: v.optional(list(oneOf(LAYER_ACTIVATIONS), 1, 32), ['tanh']),
    inputs: v.optional(
      v.pipe(
        list(oneOf(INPUTS), 1, INPUTS.length),
        v.check((inputs) => new Set(inputs).size === inputs.length, 'each input once'),
      ),
      ['x', 'y', 'r'],
    ),
    latent: v.optional(list(number(-100, 100), 0, 64), [0, 0]),
    frequency: v.optional(number(0, 64), 5),
    gain: v.optional(number(0.1, 8), 2.5),
    contrast: v.optional(number(0, 32), 2),
    center: v.optional(pair(-10, 10), [0, 0]),
    folds: v.optional(integer(1, 24), 1),
    color: v.optional(oneOf(COLOR_MODELS), 'oklch'),
    hue: v.optional(pair(-4, 4), [0.25, -0.55]),
    alpha: v.optional(oneOf(ALPHAS), 'none'),
    view: v.optional(
      v.strictObject({ center: v.optional(pair(-1000, 1000), [0, 0]), zoom: v.optional(number(1 / 1024, 1024), 1) }),
      {},
    ),
  }),
)

/**
 * A picture, version 1: everything it depends on, so that the same recipe is the same picture everywhere. Fields that are
 * left out have defaults, which never change within a version.
 *
 * | field       | meaning                                                                              | default |
 * | ----------- | ------------------------------------------------------------------------------------ | ------- |
 * | seed        | of all weights, 0…2³²−1                                                              | |
 * | size        | units per layer, 2…64                                                                | 16 |
 * | depth       | hidden layers, 1…32                                                                  | 6 |
 * | activations | of the layers in turn, starting over after the last                                  | ["tanh"] |
 * | inputs      | what the network sees of a position, see `Input`                                     | ["x", "y", "r"] |
 * | latent      | up to 64 numbers in −100…100, usually −2…2: close ones give similar pictures         | [0, 0] |
 * | frequency   | amount of detail, 0…64                                                               | 5 |
 * | gain        | sharpness of the edges, 0.1…8                                                        | 2.5 |
 * | contrast    | strength of the colors, 0…32                                                         | 2 |
 * | center      | of symmetry, the origin of r, wave, parabola, root and angle, −10…10                 | [0, 0] |
 * | folds       | how often the angle repeats around the center, 1…24                                  | 1 |
 * | color       | bw, rgb, cmyk, hsv, hsl, oklch                                                       | "oklch" |
 * | hue         | first hue and range of hues, in turns, −4…4; for hsv, hsl and oklch                  | [0.25, -0.55] |
 * | alpha       | none, soft, straight                                                                 | "none" |
 * | view        | the point in the middle of the picture, and the zoom, 1⁄1024…1024                    | [0, 0], 1 |
 */
export type Recipe = v.InferOutput<ReturnType<typeof recipeSchema>>

/** A recipe as a file may have it, with fields left out. */
export type RecipeFile = v.InferInput<ReturnType<typeof recipeSchema>>

/**
 * Reads a recipe and fills in the defaults.
 * @param json parsed JSON from anywhere; it is checked in full, and unknown fields are refused
 * @throws RecipeError naming the field, what was expected and what came
 */
export function decodeRecipe(json: unknown): Recipe {
  // Valibot would look for the fields of an array.
  if (Array.isArray(json)) throw new RecipeError('recipe: Expected an object, got a list.')
  // Report a missing field like one with a wrong value.
  const complete = isRecord(json) ? { format: undefined, version: undefined, seed: undefined, ...json } : json
  const parsed = v.safeParse(recipeSchema(), complete, { abortEarly: true })
  if (parsed.success) return parsed.output
  throw new RecipeError(describeProblem(parsed.issues[0]))
}

function describeProblem(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object' || issue.expected !== 'never') return describeIssue(issue, 'recipe')
  const [field, parent] = (issue.path ?? []).map(({ key }) => key).reverse()
  const known = Object.keys(parent === 'view' ? recipeSchema().entries.view.wrapped.entries : recipeSchema().entries)
  return `${parent ?? 'recipe'}: Expected only the fields ${known.join(', ')}, got ${field}.`
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

const pictureFields = once(() => {
  const { format: _format, version: _version, ...fields } = recipeSchema().entries
  return Object.keys(fields) as (keyof Recipe)[]
})
const HOW_TO_COMPLETE = 'Create it with recipeFromSeed(seed) or decodeRecipe(json).'

/**
 * Checks that no field of a recipe is missing, for callers without types.
 * @throws RecipeError naming the first missing field
 */
export function checkRecipe(recipe: Recipe): void {
  if (!isRecord(recipe)) throw new RecipeError(`Expected a recipe, got ${recipe}. ${HOW_TO_COMPLETE}`)
  for (const field of pictureFields())
    if (recipe[field] === undefined)
      throw new RecipeError(`Expected a complete recipe, got one without ${field}. ${HOW_TO_COMPLETE}`)
}

/** Creates the recipe of a seed, with the default for everything else. */
export function recipeFromSeed(seed: number): Recipe {
  return decodeRecipe({ format: 'longhand-pattern', version: 1, seed })
}

/** Writes a recipe as the text of a file, in one line. @throws RecipeError if it is not valid */
export function recipeText(recipe: Recipe): string {
  return JSON.stringify(decodeRecipe(recipe))
}

/** Reads the text of a recipe's file. @throws RecipeError if it is not JSON, or not a valid recipe */
export function recipeFromText(text: string): Recipe {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new RecipeError('recipe: Expected JSON, got other text.')
  }
  return decodeRecipe(json)
}
