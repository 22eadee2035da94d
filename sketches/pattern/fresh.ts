import { paintTile, patternFromRecipe, type Recipe } from 'longhand'

const PRINT = 16 // pixels along each side of the small print that a picture is judged by
const LIVELY = 12 // of 255: the spread of the colour that varies most; with less a picture looks all of one colour
const TRIES = 12

/**
 * A recipe with another seed, one whose picture has something to show: a network of two or three units often paints all of
 * it in one colour. Where none of some seeds has, as with hardly any contrast, the liveliest of them.
 */
export function freshPicture(recipe: Recipe, freshSeed: () => number): Recipe {
  let liveliest = recipe
  let most = -1
  for (let n = 0; n < TRIES && most < LIVELY; n++) {
    const next = { ...recipe, seed: freshSeed() }
    const spread = spreadOf(next)
    if (spread > most) [liveliest, most] = [next, spread]
  }
  return liveliest
}

/**
 * The standard deviation of red, green or blue on black ground, whichever varies most, of 255; of the whole picture, however
 * close one looks at it.
 */
export function spreadOf(recipe: Recipe): number {
  const whole = patternFromRecipe({ ...recipe, view: { center: [0, 0], zoom: 1 } })
  const bytes = paintTile(whole, { width: PRINT, height: PRINT })
  const pixels = PRINT * PRINT
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
