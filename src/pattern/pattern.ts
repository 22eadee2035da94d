import { createNetwork, foldLatentIntoBias, type Layer, type Network } from './network/layers.ts'
import type { Input, Symmetry } from './network/position.ts'
import type { Alpha, ColorModel, Hue } from './paint/color.ts'
import type { Recipe } from './recipe/recipe.ts'

/** All that a renderer has to know of a picture; how many pixels it has is another matter. */
export interface Pattern {
  /** the first takes SLOT_COUNT numbers, the last answers with OUTPUTS of them, each in 0…1 */
  readonly layers: readonly Layer[]
  readonly inputs: readonly Input[]
  readonly symmetry: Symmetry
  readonly color: ColorModel
  readonly hue: Hue
  readonly alpha: Alpha
  readonly view: View
}

/** Which part of the endless plane the picture shows. */
export interface View {
  /** the place in the middle of the picture; y grows downwards */
  readonly center: readonly [number, number]
  /** 1 shows −0.5…0.5 along the shorter side, 2 half of that */
  readonly zoom: number
}

/** The network of a recipe. It depends neither on the numbers of its latent vector nor on colours or view. */
export function networkFromRecipe(recipe: Recipe): Network {
  return createNetwork({ ...recipe, latents: recipe.latent.length })
}

/** Whether two recipes have the same network, so that it need not be made anew. */
export function haveSameNetwork(one: Recipe, other: Recipe): boolean {
  return networkKey(one) === networkKey(other)
}

/**
 * The picture of a recipe.
 * @param network of this very recipe, where it is there already
 * @throws RangeError where it is for more latent numbers, or fewer
 */
export function patternFromRecipe(recipe: Recipe, network: Network = networkFromRecipe(recipe)): Pattern {
  const { inputs, latent, center, folds, color, hue, alpha, view } = recipe
  const latents = network.latentWeights.length / recipe.size
  if (latents !== latent.length)
    throw new RangeError(`Got a network of ${latents} latent numbers when expected ${latent.length}.`)
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
