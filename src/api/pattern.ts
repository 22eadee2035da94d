/** The pattern network: the part of the public API in dist/longhand-pattern.js. */

export { createRenderer, type Renderer, type RendererKind, type RendererOptions } from '../browser/pattern/renderer.ts'
export { type DenseFile, decodeDense, encodeDense } from '../pattern/dense/dense-file.ts'
export { DenseError, type DenseLayer, type DenseNetwork } from '../pattern/dense/dense-network.ts'
export { patternFromDense } from '../pattern/dense/dense-pattern.ts'
export { importDense } from '../pattern/dense/import-dense.ts'
export type { ImportOptions } from '../pattern/dense/metadata.ts'
export type { Activation } from '../pattern/network/activation.ts'
export type { Layer } from '../pattern/network/layers.ts'
export { INPUTS, type Input, type Symmetry } from '../pattern/network/position.ts'
export { LAYER_ACTIVATIONS, type LayerActivation, type PatternNetwork } from '../pattern/network/random-network.ts'
export { type Band, renderBands } from '../pattern/paint/bands.ts'
export { ALPHAS, type Alpha, COLOR_MODELS, type ColorModel, type Hue } from '../pattern/paint/color.ts'
export type { Tile } from '../pattern/paint/painter.ts'
export type { Quality } from '../pattern/paint/quality.ts'
export { paintTile, type TileWorker } from '../pattern/paint/tile-workers.ts'
export { haveSameNetwork, networkFromRecipe, type Pattern, patternFromRecipe, type View } from '../pattern/pattern.ts'
export { recipeFromPng } from '../pattern/png/read-png.ts'
export { type Compressor, type PngOptions, pngBytes, pngChannels } from '../pattern/png/write-png.ts'
export { recipeFromAddress, recipeToAddress } from '../pattern/recipe/address.ts'
export { latentOnLoop } from '../pattern/recipe/loop.ts'
export {
  decodeRecipe,
  LARGEST_SIDE,
  type Recipe,
  RecipeError,
  type RecipeFile,
  recipeFromSeed,
  recipeFromText,
  recipeText,
} from '../pattern/recipe/recipe.ts'
