import * as v from 'valibot'
import { LAYER_ACTIVATIONS } from '../network/layers.ts'
import { INPUTS } from '../network/position.ts'
import { ALPHAS, COLOR_MODELS } from '../paint/color.ts'

/** What is wrong with a recipe, or with what ought to hold one: where, what was expected there and what came. */
export class RecipeError extends Error {
  override name = 'RecipeError'
}

/** Pixels along a side: more than any screen has, and as many as the largest prints ask for. */
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
  const message = `a list of ${least} to ${largest}`
  return v.pipe(v.array(item, message), v.minLength(least, message), v.maxLength(largest, message))
}
const pair = (least: number, largest: number) =>
  v.strictTuple([number(least, largest), number(least, largest)], 'a list of two numbers')

const recipeSchema = v.object({
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
    v.object({ center: v.optional(pair(-1000, 1000), [0, 0]), zoom: v.optional(number(1 / 1024, 1024), 1) }),
    {},
  ),
})

/**
 * A picture: all that it depends on, so that the same recipe is the same picture everywhere. Version 1; a field that is
 * left out has its default, which stays what it is for as long as the version does.
 *
 * | seed        | 0…2³²−1, of every weight                                                             | |
 * | size        | units a layer, 2…64                                                                  | 16 |
 * | depth       | hidden layers, 1…32                                                                  | 6 |
 * | activations | of the layers, one after the other and again from the first                          | ["tanh"] |
 * | inputs      | what the network is told of a place, see `position.ts`                               | ["x", "y", "r"] |
 * | latent      | up to 64 numbers of −100…100, as a rule −2…2: neighbours look alike                  | [0, 0] |
 * | frequency   | how much happens in the picture, 0…64                                                | 5 |
 * | gain        | how sharply one thing turns into another, 0.1…8                                      | 2.5 |
 * | contrast    | how far the colours go, 0…32                                                         | 2 |
 * | center      | of symmetry: r, wave, parabola, root and angle are measured from there, −10…10       | [0, 0] |
 * | folds       | how often the angle repeats around the centre, 1…24                                  | 1 |
 * | color       | bw, rgb, cmyk, hsv, hsl, oklch                                                       | "oklch" |
 * | hue         | where hues begin and how far they go, in turns, −4…4; for hsv, hsl and oklch         | [0.25, -0.55] |
 * | alpha       | none, soft, straight                                                                 | "none" |
 * | view        | the place in the middle of the picture, and the zoom, 1⁄1024…1024                    | [0, 0], 1 |
 */
export type Recipe = v.InferOutput<typeof recipeSchema>

/** A recipe as a file may have it: fields left out. */
export type RecipeFile = v.InferInput<typeof recipeSchema>

/**
 * Reads a recipe, and fills in the defaults.
 * @param json the parsed file; it may come from anywhere, and is checked in full
 * @throws RecipeError naming the field, what was expected and what came
 */
export function decodeRecipe(json: unknown): Recipe {
  if (Array.isArray(json)) throw new RecipeError('recipe: Got Array when expected Object.') // valibot would look for fields
  // What is not there at all is named like any other value that is not as it should be.
  const complete = isRecord(json) ? { format: undefined, version: undefined, seed: undefined, ...json } : json
  const parsed = v.safeParse(recipeSchema, complete, { abortEarly: true })
  if (parsed.success) return parsed.output
  const issue = parsed.issues[0]
  const path = v.getDotPath(issue)
  // valibot's own words for what is not there or is no object, ours for what is out of range
  const expected = issue.kind === 'schema' && issue.type === 'object' ? (issue.expected ?? 'Object') : issue.message
  throw new RecipeError(`${path ?? 'recipe'}: Got ${issue.received} when expected ${expected}.`)
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** The recipe of a seed, all the rest as it is by default. */
export function recipeFromSeed(seed: number): Recipe {
  return decodeRecipe({ format: 'longhand-pattern', version: 1, seed })
}

/** The text of a recipe's file, in one line. */
export function recipeText(recipe: Recipe): string {
  return JSON.stringify(decodeRecipe(recipe))
}

/** Reads the text of a recipe's file. @throws RecipeError also where it is no JSON */
export function recipeFromText(text: string): Recipe {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new RecipeError('recipe: Got text that is not JSON when expected a recipe.')
  }
  return decodeRecipe(json)
}
