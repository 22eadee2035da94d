import { type Recipe, recipeFromAddress, recipeToAddress } from 'longhand'
import { addressText, rewriteHash } from '../frame/address.ts'
import { notice } from '../frame/notice.ts'
import { COLOR_NAMES } from '../frame/palette.ts'
import { isPreview } from '../frame/start.ts'

const PAGE_KEYS = ['renderer', 'speed', 'preview', ...COLOR_NAMES] // keys of the address that are not the recipe's

/**
 * Reads the recipe in the address, `#pattern=1&seed=9&…`; for a plain `#seed=9`, the version is optional. Reports a broken
 * recipe on the page.
 */
export function addressRecipe(): Recipe | undefined {
  const hash = location.hash.slice(1)
  // Previews of all sketches have a seed in their address, which is not this sketch's.
  const isPlain = !isPreview && new URLSearchParams(hash).has('seed')
  try {
    return recipeFromAddress(hash) ?? (isPlain ? recipeFromAddress(`pattern=1&${hash}`) : undefined)
  } catch (error) {
    setTimeout(() => notice(`This address has no valid picture: ${(error as Error).message} Here is another.`, 12))
    return undefined
  }
}

/** Writes a recipe to the address, with a delay. */
export function writeRecipe(recipe: Recipe): void {
  rewriteHash(() => {
    const kept = PAGE_KEYS.flatMap((key) => {
      const value = addressText(key)
      return value === null ? [] : [value === '' ? key : `${key}=${value}`]
    })
    return [recipeToAddress(recipe), ...kept].join('&')
  })
}
