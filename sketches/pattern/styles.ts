import { type Recipe, recipeFromSeed } from 'longhand'

/** The styles of pictures: fields of the recipe that give pictures of any seed a common look. Others have the defaults. */
export const STYLES: Readonly<Record<string, Partial<Recipe>>> = {
  lagoon: {},
  marble: { size: 24, depth: 14, frequency: 7 },
  agate: { activations: ['sine', 'tanh'], hue: [0.05, 0.2] },
  'passion flower': { inputs: ['r', 'angle'], folds: 5 },
  iris: { depth: 8, inputs: ['x', 'y', 'angle'], folds: 3, hue: [0.6, 0.3] },
  carpet: { inputs: ['r', 'parabola'], frequency: 8, hue: [0.95, 0.4] },
  kites: { inputs: ['x', 'y', 'root'], activations: ['gaussian', 'tanh'], hue: [0.1, 0.6] },
  silver: { depth: 8, color: 'bw' },
}

/** The fields that belong to a style. */
const FIELDS = 'size depth activations inputs frequency gain contrast folds center color hue'.split(
  ' ',
) as (keyof Recipe)[]
const defaults = recipeFromSeed(0)
const DEFAULT_STYLE: Partial<Recipe> = Object.fromEntries(FIELDS.map((field) => [field, defaults[field]]))

/** Returns all fields of a style; the default style for unknown names. */
export function styleFields(name: string): Partial<Recipe> {
  return { ...DEFAULT_STYLE, ...STYLES[name] }
}

/** Returns the name of a recipe's style, if it has one of these. */
export function styleOf(recipe: Recipe): string | undefined {
  return Object.keys(STYLES).find((name) =>
    Object.entries(styleFields(name)).every(
      ([field, value]) => JSON.stringify(recipe[field as keyof Recipe]) === JSON.stringify(value),
    ),
  )
}

/** The pictures that the page may start with, selected by eye. */
const FIRST_PICTURES: readonly (readonly [style: keyof typeof STYLES, seed: number])[] = [
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

/** Returns the recipe of a first picture. @param n index of the picture; random by default */
export function firstRecipe(n = Math.floor(Math.random() * FIRST_PICTURES.length)): Recipe {
  const [style, seed] = FIRST_PICTURES[n % FIRST_PICTURES.length]
  return { ...recipeFromSeed(seed), ...STYLES[style] }
}
