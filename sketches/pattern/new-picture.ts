import { paintTile, patternFromRecipe, type Recipe } from 'longhand'

const SIDE = 16 // pixels of the small picture that decides
const MIN_SPREAD = 12 // of 255: with less, a picture looks like a single color
const MAX_TRIES = 12

/**
 * Returns the recipe with a new seed whose picture is not a single color, as it often is with two or three units per
 * layer. If none of MAX_TRIES seeds has enough spread, as with very low contrast, the one with the most is returned.
 */
export function newPicture(recipe: Recipe, freshSeed: () => number): Recipe {
  let best = recipe
  let most = -1
  for (let n = 0; n < MAX_TRIES && most < MIN_SPREAD; n++) {
    const next = { ...recipe, seed: freshSeed() }
    const spread = spreadOf(next)
    if (spread > most) [best, most] = [next, spread]
  }
  return best
}

/**
 * Returns the largest standard deviation of the red, green and blue of a picture on black, of 255. The whole picture is
 * measured, whatever the recipe's view.
 */
export function spreadOf(recipe: Recipe): number {
  const whole = patternFromRecipe({ ...recipe, view: { center: [0, 0], zoom: 1 } })
  const bytes = paintTile(whole, { width: SIDE, height: SIDE })
  const pixels = SIDE * SIDE
  const deviations = [0, 1, 2].map((channel) => {
    let sum = 0
    let squares = 0
    for (let k = 0; k < bytes.length; k += 4) {
      const value = (bytes[k + channel] * bytes[k + 3]) / 255
      sum += value
      squares += value * value
    }
    return Math.sqrt(Math.max(0, squares / pixels - (sum / pixels) ** 2))
  })
  return Math.max(...deviations)
}
