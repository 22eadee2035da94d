import { haveSameNetwork, networkFromRecipe, type Pattern, patternFromRecipe, type Recipe } from 'longhand'

/** A recipe and its network, which is made anew only where the recipe asks for another. */
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

  /** @param change other colours, another view, or as many other latent numbers */
  pattern(change: Partial<Recipe> = {}): Pattern {
    return patternFromRecipe({ ...this.#recipe, ...change }, this.#network)
  }
}
