/** The pattern network: the part of the public API in dist/longhand-pattern.js. */

export { createRenderer, type Renderer, type RendererKind, type RendererOptions } from '../browser/pattern/renderer.ts'
export {
  DenseError,
  type DenseFile,
  type DenseLayer,
  type DenseNetwork,
  decodeDense,
  encodeDense,
  patternFromDense,
} from '../pattern/dense/dense-file.ts'
export { importDense } from '../pattern/dense/import-dense.ts'
export type { ImportOptions } from '../pattern/dense/metadata.ts'
export { LAYER_ACTIVATIONS, type LayerActivation, type Network } from '../pattern/network/layers.ts'
export { INPUTS, type Input } from '../pattern/network/position.ts'
export { ALPHAS, type Alpha, COLOR_MODELS, type ColorModel } from '../pattern/paint/color.ts'
export { renderBands, type Tile } from '../pattern/paint/painter.ts'
export type { Quality } from '../pattern/paint/quality.ts'
export { paintTile, type TileWorker } from '../pattern/paint/workers.ts'
export { haveSameNetwork, networkFromRecipe, type Pattern, patternFromRecipe } from '../pattern/pattern.ts'
export { pngBytes, pngChannels, recipeFromPng } from '../pattern/png/png.ts'
export { recipeFromAddress, recipeToAddress } from '../pattern/recipe/address.ts'
export { latentOnLoop } from '../pattern/recipe/loop.ts'
export {
  decodeRecipe,
  LARGEST_SIDE,
  type Recipe,
  RecipeError,
  recipeFromSeed,
  recipeFromText,
  recipeText,
} from '../pattern/recipe/recipe.ts'
