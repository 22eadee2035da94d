import {
  ALPHAS,
  COLOR_MODELS,
  decodeRecipe,
  INPUTS,
  LAYER_ACTIVATIONS,
  type Recipe,
  type RecipeFile,
} from '../../src/pattern/index.ts'
import { Random } from '../../src/random.ts'

/** A recipe with some fields of its own. */
export function recipe(fields: Partial<RecipeFile> = {}): Recipe {
  return decodeRecipe({ format: 'longhand-pattern', version: 1, seed: 1, ...fields })
}

/** Recipes of every kind: each colour model in turn, all the rest by lot. */
export function assortedRecipes(count: number, seed: number): Recipe[] {
  const random = new Random(seed)
  const pick = <T>(options: readonly T[]) => options[Math.floor(random.uniform() * options.length)] as T
  const between = (least: number, most: number) => least + random.uniform() * (most - least)
  return Array.from({ length: count }, (_, n) => {
    const inputs = INPUTS.filter(() => random.uniform() < 0.5)
    return recipe({
      seed: Math.floor(between(0, 2 ** 32)),
      size: Math.floor(between(2, 33)),
      depth: Math.floor(between(1, 11)),
      activations: Array.from({ length: 1 + (n % 3) }, () => pick(LAYER_ACTIVATIONS)),
      inputs: inputs.length ? inputs : ['x', 'y'],
      latent: Array.from({ length: n % 4 }, () => between(-2, 2)),
      frequency: between(1, 8),
      gain: between(0.5, 3),
      contrast: between(1, 3),
      center: [between(-0.3, 0.3), between(-0.3, 0.3)],
      folds: 1 + (n % 5),
      color: COLOR_MODELS[n % COLOR_MODELS.length],
      hue: n % 2 ? [0, 1] : [between(-1, 1), between(-1, 1)],
      alpha: ALPHAS[Math.floor(n / COLOR_MODELS.length) % ALPHAS.length],
      view: { center: [between(-0.2, 0.2), between(-0.2, 0.2)], zoom: between(0.5, 2) },
    })
  })
}

/** The SHA-256 of twelve assorted recipes' bytes, 40 × 30 pixels each, as every machine has them. */
export const PINNED_BYTES = '3796fd2db52ec8dc67c1ffd03710c665458e41e46ba262d39201d9a415d7bcee'

/** The largest difference of a channel of RGBA bytes, and the pixel where it is. Hidden pixels have no colour. */
export function largestDifference(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
): { difference: number; at: number } {
  let difference = 0
  let at = 0
  for (let k = 0; k < one.length; k++) {
    const here = Math.abs(one[k] - other[k])
    if (here > difference) {
      difference = here
      at = k >> 2
    }
  }
  return { difference, at }
}
