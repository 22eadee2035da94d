/** The abstract pattern network: a picture from a place, a few latent numbers and chance. */

export { createGlPainter, type GlPainter, type GlPainterOptions } from '../browser/pattern/gl-painter.ts'
export { createRenderer, type Renderer, type RendererKind, type RendererOptions } from '../browser/pattern/renderer.ts'
export {
  DENSE_ACTIVATIONS,
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
export {
  createNetwork,
  LAYER_ACTIVATIONS,
  type Layer,
  type LayerActivation,
  type Network,
} from '../pattern/network/layers.ts'
export { INPUTS, type Input } from '../pattern/network/position.ts'
export { ALPHAS, type Alpha, COLOR_MODELS, type ColorModel, type Hue } from '../pattern/paint/color.ts'
export { type Band, createPainter, type Painter, renderBands, renderTile, type Tile } from '../pattern/paint/painter.ts'
export type { Pace } from '../pattern/paint/quality.ts'
export { type Helper, paintTile } from '../pattern/paint/workers.ts'
export { haveSameNetwork, networkFromRecipe, type Pattern, patternFromRecipe, type View } from '../pattern/pattern.ts'
export {
  type Compressor,
  PNG_KEYWORD,
  type PngOptions,
  pngBytes,
  pngChannels,
  recipeFromPng,
} from '../pattern/png/png.ts'
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
