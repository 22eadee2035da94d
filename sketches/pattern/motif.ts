import { haveSameNetwork, networkFromRecipe, type Pattern, patternFromRecipe, type Recipe } from 'longhand'

/** A recipe with its network, which is created again only when the recipe needs another one. */
export class Motif {
  #recipe: Recipe
  #network

  constructor(recipe: Recipe) {
    this.#recipe = recipe
    this.#network = networkFromRecipe(recipe)
  }

  get recipe(): Recipe {
    return this.#recipe
  }

  set recipe(next: Recipe) {
    if (!haveSameNetwork(this.#recipe, next)) this.#network = networkFromRecipe(next)
    this.#recipe = next
  }

  /** Returns the picture. @param change fields that do not need another network: colors, view, latent values */
  pattern(change: Partial<Recipe> = {}): Pattern {
    return patternFromRecipe({ ...this.#recipe, ...change }, this.#network)
  }
}
