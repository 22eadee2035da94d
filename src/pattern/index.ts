/** The abstract pattern network: a picture from a place, a few latent numbers and chance. */

export { recipeFromAddress, recipeToAddress } from './address.ts'
export { ALPHAS, type Alpha, COLOR_MODELS, type ColorModel, type Hue } from './color.ts'
export { type Band, createPainter, type Painter, renderBands, renderTile, type Tile } from './cpu.ts'
export {
  DENSE_ACTIVATIONS,
  DenseError,
  type DenseFile,
  type DenseLayer,
  type DenseNetwork,
  decodeDense,
  encodeDense,
  patternFromDense,
} from './dense.ts'
export { createGlPainter, type GlPainter, type GlPainterOptions } from './gl.ts'
export { type Helper, paintTile } from './helper.ts'
export type { ImportOptions } from './import/metadata.ts'
export { importDense } from './import-dense.ts'
export { latentOnLoop } from './loop.ts'
export { createNetwork, LAYER_ACTIVATIONS, type Layer, type LayerActivation, type Network } from './network.ts'
export type { Pace } from './pace.ts'
export { haveSameNetwork, networkFromRecipe, type Pattern, patternFromRecipe, type View } from './pattern.ts'
export { type Compressor, PNG_KEYWORD, type PngOptions, pngBytes, pngChannels, recipeFromPng } from './png.ts'
export { INPUTS, type Input } from './position.ts'
export {
  decodeRecipe,
  LARGEST_SIDE,
  type Recipe,
  RecipeError,
  type RecipeFile,
  recipeFromSeed,
  recipeFromText,
  recipeText,
} from './recipe.ts'
export { createRenderer, type Renderer, type RendererKind, type RendererOptions } from './renderer.ts'
