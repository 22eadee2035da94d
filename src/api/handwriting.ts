/** The instrument that writes by hand, and what serves every instrument: the part of the public API in dist/longhand.js. */

export { listenToPointers, type PointerOptions } from '../browser/pointers.ts'
export type { InkPoint, Point } from '../ink/point.ts'
export type { InkListener, Stroke } from '../ink/strokes.ts'
export { VisitorInk, type VisitorInkOptions } from '../ink/visitor-ink.ts'
export { type CellOrder, orderCells } from '../inspect/cell-order.ts'
export { type DensityGrid, densityMap } from '../inspect/density-map.ts'
export { veer } from '../inspect/veer.ts'
export type { Movement } from '../math/movement.ts'
export { Random, type RandomState } from '../math/random.ts'
export type { Float32Tensor, Int8Tensor, Tensor } from '../math/tensor.ts'
export { density, nll } from '../network/density.ts'
export { copyState, type State, zeroState } from '../network/lstm.ts'
export { type Mixture, mixtureFromLogits } from '../network/mixture.ts'
export { sampleMixture, temper } from '../network/sampler.ts'
export { DEFAULT_TEMPERATURE, type Temperature } from '../network/temperature.ts'
export { Manuscript, type ManuscriptSvgOptions, type Mark } from '../paper/manuscript.ts'
export { type P5Lines, p5Surface } from '../paper/p5-surface.ts'
export { Page, type PageOptions } from '../paper/page.ts'
export { Pen } from '../paper/pen.ts'
export type { Surface } from '../paper/surface.ts'
export { Svg, type SvgOptions } from '../paper/svg.ts'
export { decodeWeights, encodeWeights, type Weights, type WeightsFile } from '../weights/file.ts'
export { fingerprint } from '../weights/fingerprint.ts'
export type { Metrics } from '../weights/metrics.ts'
export { readWeightsFile } from '../weights/read-file.ts'
export {
  decodeTextWeights,
  encodeTextWeights,
  type HandVector,
  type TextWeights,
  type TextWeightsFile,
} from '../weights/text-file.ts'
export { importTutorialWeights } from '../weights/tutorial.ts'
export { WeightsError } from '../weights/weights-error.ts'
export { FreeHand, type FreeHandOptions } from '../writing/free-hand.ts'
export { Model } from '../writing/model.ts'
export { Paths, type PathsOptions, rolloutMany } from '../writing/paths.ts'
export { Reader, type Writing } from '../writing/reader.ts'
export { rollout } from '../writing/rollout.ts'
export { Scribe, type ScribeMovement, type ScribeOptions, type ScribeWord } from '../writing/scribe.ts'
