/** longhand: small neural networks that draw. */

export { type CellOrder, orderCells } from './cells.ts'
export { type DensityGrid, densityMap } from './density-map.ts'
export { fingerprint } from './fingerprint.ts'
export { Hand, type HandOptions } from './hand.ts'
export {
  type InkListener,
  type InkPoint,
  listenToPointers,
  type Point,
  type PointerOptions,
  type Stroke,
  Writer,
  type WriterOptions,
} from './ink/index.ts'
export { copyState, type State, zeroState } from './lstm.ts'
export { Paths, type PathsOptions, rolloutMany } from './many.ts'
export { density, type Mixture, mixtureFromLogits, nll, sampleMixture, temper } from './mixture.ts'
export { DEFAULT_TEMPERATURE, Model } from './model.ts'
export { Page, type PageOptions } from './page.ts'
export {
  ALPHAS,
  type Alpha,
  COLOR_MODELS,
  type ColorModel,
  createRenderer,
  decodeRecipe,
  type Helper,
  haveSameNetwork,
  INPUTS,
  type Input,
  LARGEST_SIDE,
  LAYER_ACTIVATIONS,
  type LayerActivation,
  latentOnLoop,
  type Network,
  networkFromRecipe,
  type Pattern,
  paintTile,
  patternFromRecipe,
  pngBytes,
  type Recipe,
  RecipeError,
  type Renderer,
  type RendererKind,
  recipeFromAddress,
  recipeFromPng,
  recipeFromSeed,
  recipeFromText,
  recipeText,
  recipeToAddress,
  renderBands,
  type Tile,
} from './pattern/index.ts'
export { Pen, type Surface } from './pen.ts'
export { Random, type RandomState } from './random.ts'
export { Reader, type Writing } from './reader.ts'
export { rollout } from './rollout.ts'
export type { Movement } from './stroke.ts'
export { Svg, type SvgOptions } from './svg.ts'
export type { Float32Tensor, Int8Tensor, Tensor } from './tensor.ts'
export { importTutorialWeights } from './tutorial.ts'
export { veer } from './veer.ts'
export { decodeWeights, encodeWeights, type Weights, WeightsError, type WeightsFile } from './weights.ts'
