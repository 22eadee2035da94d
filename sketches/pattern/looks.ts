import { type Recipe, recipeFromSeed } from 'longhand'

/** Characters that a picture may have, whatever its seed: what of the recipe makes them. The first is the recipe's own. */
export const LOOKS: Readonly<Record<string, Partial<Recipe>>> = {
  lagoon: {},
  marble: { size: 24, depth: 14, frequency: 7 },
  agate: { activations: ['sine', 'tanh'], hue: [0.05, 0.2] },
  'passion flower': { inputs: ['r', 'angle'], folds: 5 },
  iris: { depth: 8, inputs: ['x', 'y', 'angle'], folds: 3, hue: [0.6, 0.3] },
  carpet: { inputs: ['r', 'parabola'], frequency: 8, hue: [0.95, 0.4] },
  kites: { inputs: ['x', 'y', 'root'], activations: ['gaussian', 'tanh'], hue: [0.1, 0.6] },
  silver: { depth: 8, color: 'bw' },
}

/** What of a recipe makes its character. */
const MAKINGS = 'size depth activations inputs frequency gain contrast folds center color hue'.split(
  ' ',
) as (keyof Recipe)[]
const usual = recipeFromSeed(0)
const PLAIN: Partial<Recipe> = Object.fromEntries(MAKINGS.map((key) => [key, usual[key]]))

/** All that makes a character. One of no such name is the recipe's own. */
export function ofLook(name: string): Partial<Recipe> {
  return { ...PLAIN, ...LOOKS[name] }
}

/** The name of a recipe's character, if it has one of these. */
export function lookOf(recipe: Recipe): string | undefined {
  return Object.keys(LOOKS).find((name) =>
    Object.entries(ofLook(name)).every(
      ([key, value]) => JSON.stringify(recipe[key as keyof Recipe]) === JSON.stringify(value),
    ),
  )
}

/** The pictures that the page may begin with: looked at, and found worth a wall. */
const FIRST: readonly (readonly [look: keyof typeof LOOKS, seed: number])[] = [
  ['lagoon', 9],
  ['lagoon', 4],
  ['marble', 2],
  ['marble', 4],
  ['marble', 5],
  ['agate', 5],
  ['passion flower', 4],
  ['passion flower', 5],
  ['iris', 4],
  ['kites', 8],
]

/** @param n which of them; left out, any */
export function firstRecipe(n = Math.floor(Math.random() * FIRST.length)): Recipe {
  const [look, seed] = FIRST[n % FIRST.length]
  return { ...recipeFromSeed(seed), ...LOOKS[look] }
}
