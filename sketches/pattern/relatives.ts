import { Random, type Recipe } from 'longhand'

/** The index of the picture that is not a relative. */
export const CENTER = 4

const CHILD_STEP = 0.55 // standard deviation of the latent values
const COUSIN_STEP = 1.3
const MAX_LATENT = 8

/** Returns nine pictures, row by row: one in the center, its children beside it and its cousins in the corners. */
export function familyOf(recipe: Recipe): Recipe[] {
  const random = new Random()
  return Array.from({ length: 9 }, (_, n) => {
    if (n === CENTER) return recipe
    return n % 2 === 0 ? cousinOf(recipe, random) : childOf(recipe, random)
  })
}

/** Returns a child of a picture: other latent values, close by. */
function childOf(recipe: Recipe, random: Random): Recipe {
  return { ...recipe, latent: varyLatent(recipe.latent, CHILD_STEP, random) }
}

/** Returns a cousin of a picture: latent values farther off, other colors and another amount of detail. */
function cousinOf(recipe: Recipe, random: Random): Recipe {
  const latent = varyLatent(recipe.latent, COUSIN_STEP, random)
  const [from, span] = recipe.hue
  return {
    ...recipe,
    latent,
    hue: [wrap(from + 0.1 * random.normal()), clamp(span + 0.1 * random.normal(), -1.5, 1.5)],
    frequency: clamp(recipe.frequency * (1 + 0.2 * random.normal()), 1, 20),
  }
}

function varyLatent(latent: readonly number[], step: number, random: Random): number[] {
  return (latent.length > 0 ? latent : [0, 0]).map((value) =>
    clamp(value + step * random.normal(), -MAX_LATENT, MAX_LATENT),
  )
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function wrap(turns: number): number {
  return turns - Math.floor(turns)
}
