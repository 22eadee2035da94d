import type { Layer } from './network/layers.ts'
import type { Input, Symmetry } from './network/position.ts'
import { createNetwork, foldLatentIntoBias, type PatternNetwork } from './network/random-network.ts'
import type { Alpha, ColorModel, Hue } from './paint/color.ts'
import { checkRecipe, type Recipe } from './recipe/recipe.ts'

/** Everything a renderer needs to know of a picture, except its size in pixels. */
export interface Pattern {
  /** the first layer has SLOT_COUNT inputs; the last has OUTPUTS outputs, each in 0…1 */
  readonly layers: readonly Layer[]
  readonly inputs: readonly Input[]
  readonly symmetry: Symmetry
  readonly color: ColorModel
  readonly hue: Hue
  readonly alpha: Alpha
  readonly view: View
}

/** The part of the infinite plane that a picture shows. */
export interface View {
  /** the point in the middle of the picture; y grows downward */
  readonly center: readonly [number, number]
  /** 1 shows −0.5…0.5 along the shorter side, 2 half of that */
  readonly zoom: number
}

/**
 * Creates the network of a recipe. Latent values, colors and view do not change it.
 * @throws RecipeError if the recipe is incomplete
 */
export function networkFromRecipe(recipe: Recipe): PatternNetwork {
  checkRecipe(recipe)
  return createNetwork({ ...recipe, latents: recipe.latent.length })
}

/** Tells whether two recipes have the same network, so that it can be reused. */
export function haveSameNetwork(one: Recipe, other: Recipe): boolean {
  return networkKey(one) === networkKey(other)
}

/**
 * Creates the picture of a recipe.
 * @param network the recipe's network, if it exists already: reuse it while only latent values, colors or view change
 * @throws RecipeError if the recipe is incomplete; RangeError if the network has another number of latent inputs
 */
export function patternFromRecipe(recipe: Recipe, network: PatternNetwork = networkFromRecipe(recipe)): Pattern {
  checkRecipe(recipe)
  const { inputs, latent, center, folds, color, hue, alpha, view } = recipe
  const latents = network.latentWeights.length / recipe.size
  if (latents !== latent.length)
    throw new RangeError(`Expected a network with ${latent.length} latent inputs, got one with ${latents}.`)
  return { layers: foldLatentIntoBias(network, latent), inputs, symmetry: { center, folds }, color, hue, alpha, view }
}

function networkKey({ seed, size, depth, activations, inputs, latent, frequency, gain, contrast }: Recipe): string {
  return JSON.stringify([
    seed,
    size,
    depth,
    Array.from({ length: depth }, (_, layer) => activations[layer % activations.length]),
    [...inputs].sort(),
    latent.length,
    frequency,
    gain,
    contrast,
  ])
}
