import { type Recipe, recipeFromAddress, recipeToAddress } from 'longhand'
import { addressText } from '../frame/address.ts'
import { notice } from '../frame/notice.ts'

const KEPT = ['renderer', 'speed', 'preview'] as const // keys of the address that are no recipe's
const SOON = 300 // milliseconds: browsers refuse an address that changes with every frame

let timer: ReturnType<typeof setTimeout> | undefined

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
  clearTimeout(timer)
  timer = setTimeout(() => {
    const kept = KEPT.flatMap((key) => {
      const value = addressText(key)
      return value === null ? [] : [value === '' ? key : `${key}=${value}`]
    })
    history.replaceState(null, '', `#${[recipeToAddress(recipe), ...kept].join('&')}`)
  }, SOON)
}
