import { type Recipe, recipeFromAddress, recipeToAddress } from 'longhand'
import { addressText, rewriteHash } from '../frame/address.ts'
import { notice } from '../frame/notice.ts'
import { COLOR_NAMES } from '../frame/palette.ts'

const KEPT = ['renderer', 'speed', 'preview', ...COLOR_NAMES] // keys of the address that are no recipe's

/** The recipe that the address holds; a broken one is told, and nothing else happens. */
export function addressRecipe(): Recipe | undefined {
  try {
    return recipeFromAddress(location.hash)
  } catch (error) {
    setTimeout(() => notice(`The address holds no picture. ${(error as Error).message} Here is another.`, 12))
    return undefined
  }
}

/** Puts a recipe into the address, once the hand rests. */
export function writeRecipe(recipe: Recipe): void {
  rewriteHash(() => {
    const kept = KEPT.flatMap((key) => {
      const value = addressText(key)
      return value === null ? [] : [value === '' ? key : `${key}=${value}`]
    })
    return [recipeToAddress(recipe), ...kept].join('&')
  })
}
