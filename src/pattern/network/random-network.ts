import { Random } from '../../math/random.ts'
import { type Activation, type Moments, moments } from './activation.ts'
import { type Layer, OUTPUTS, UNITS_PER_GROUP } from './layers.ts'
import { type Input, SLOT_COUNT, slotsOf } from './position.ts'

/** The activation of a layer: one for all of its units, or a random one for each group of four. */
export type LayerActivation = (typeof LAYER_ACTIVATIONS)[number]
/** All activations of layers. */
export const LAYER_ACTIVATIONS = ['tanh', 'sine', 'softplus', 'relu', 'gaussian', 'mixed'] as const

/** Everything that determines the weights of a network. Ranges are those of a recipe. */
export interface NetworkShape {
  readonly seed: number
  /** units per layer */
  readonly size: number
  /** hidden layers */
  readonly depth: number
  /** of the layers in turn, starting over after the last */
  readonly activations: readonly LayerActivation[]
  readonly inputs: readonly Input[]
  /** number of latent inputs */
  readonly latents: number
  /** scale of the position in the first layer: the amount of detail */
  readonly frequency: number
  /** scale of the hidden layers: the sharpness of edges */
  readonly gain: number
  /** scale of the last layer: the strength of colors */
  readonly contrast: number
}

/** A network whose latent values are still open; see `foldLatentIntoBias`. */
export interface PatternNetwork {
  /** `depth` hidden layers, the first with SLOT_COUNT inputs; then the channels and the opacity, (OUTPUTS, size) */
  readonly layers: readonly Layer[]
  /** (size, latents) row-major */
  readonly latentWeights: Float32Array
}

const MIXED: readonly Activation[] = ['tanh', 'sine', 'softplus', 'relu', 'gaussian']
const OUTPUT_ACTIVATIONS: readonly Activation[] = Array(Math.ceil(OUTPUTS / UNITS_PER_GROUP)).fill('sigmoid')

/** Scales the sums of an activation so that it bends about as much as tanh: sine and gaussian turn back early. */
const SUM_SCALE: Readonly<Record<Activation, number>> = {
  tanh: 1,
  sine: 0.5,
  softplus: 1,
  relu: 1,
  gaussian: 0.3,
  sigmoid: 1,
  linear: 1,
}

/** The first layer's bias relative to the frequency: it spreads the layer's edges over the picture. */
const BIAS_PER_FREQUENCY = 0.35
/** The variance of x and y together over a picture. */
const POSITION_VARIANCE = 1 / 6
/** The depth above which the gain is reduced. */
const FULL_GAIN_DEPTH = 6

// Each weight column has a random stream of its own. These stand in for columns of the first layer beyond the slots,
const BIAS_COLUMN = SLOT_COUNT
const LATENT_COLUMN = BIAS_COLUMN + 1
// for the choice of activations,
const ACTIVATION_COLUMN = -1
// and for the output layer, so that its draws do not depend on the depth.
const OUTPUT_LAYER = -1

/**
 * Creates the network of a pattern: (x, y, r, …, latent, 1) through `depth` hidden layers to one logit per channel. Weights
 * are drawn from N(0, 1) and scaled, so that pictures of any size, depth and activation have structure:
 *
 * - in the first layer by the frequency;
 * - in the others by gain / (σ √size), where σ is the standard deviation of the previous layer's outputs, whose mean is
 *   subtracted by the bias. The sums of each layer are then distributed as N(0, gain²), and a small step in the picture
 *   grows by the same factor in each layer (Poole et al. 2016, "Exponential expressivity in deep neural networks through
 *   transient chaos"). The gain is reduced beyond six layers, where pictures would turn into noise. The default gain of
 *   2.5 gives weights close to N(0, 1) for 16 tanh units.
 *
 * A random stream per column keeps all other draws the same when a unit, input or latent value is added.
 */
export function createNetwork(shape: NetworkShape): PatternNetwork {
  const { seed, size, depth, inputs, latents, frequency, contrast } = shape
  const gain = Math.min(shape.gain, 1 + (shape.gain - 1) * Math.min(1, FULL_GAIN_DEPTH / depth))
  const biasScale = Math.max(1, BIAS_PER_FREQUENCY * frequency)

  const weights = new Float32Array(size * SLOT_COUNT)
  const bias = new Float32Array(size)
  const latentWeights = new Float32Array(size * latents)
  let activations: readonly Activation[] = drawActivations(shape, 0)
  const firstScale = (row: number, scale: number) => scale * SUM_SCALE[activationOf(activations, row)]
  for (const slot of slotsOf(inputs))
    fillColumn(weights, SLOT_COUNT, slot, stream(seed, 0, slot), (row) => firstScale(row, frequency))
  fillColumn(bias, 1, 0, stream(seed, 0, BIAS_COLUMN), (row) => firstScale(row, biasScale))
  for (let n = 0; n < latents; n++)
    fillColumn(latentWeights, latents, n, stream(seed, 0, LATENT_COLUMN + n), (row) => firstScale(row, 1))
  const layers: Layer[] = [{ inputs: SLOT_COUNT, outputs: size, weights, bias, activations }]

  let sumDeviation = Math.sqrt(POSITION_VARIANCE * frequency * frequency + biasScale * biasScale)
  for (let layer = 1; layer <= depth; layer++) {
    const isLast = layer === depth
    const outputs = isLast ? OUTPUTS : size
    const weights = new Float32Array(outputs * size)
    const bias = new Float64Array(outputs)
    const before = activations
    const momentsBefore = new Map(before.map((name) => [name, moments(name, sumDeviation * SUM_SCALE[name])]))
    activations = isLast ? OUTPUT_ACTIVATIONS : drawActivations(shape, layer)
    for (let column = 0; column < size; column++) {
      const { mean, deviation } = momentsBefore.get(activationOf(before, column)) as Moments
      const scale = (isLast ? contrast : gain) / (deviation * Math.sqrt(size))
      const random = stream(seed, isLast ? OUTPUT_LAYER : layer, column)
      fillColumn(weights, size, column, random, (row) => scale * SUM_SCALE[activationOf(activations, row)])
      for (let row = 0; row < outputs; row++) bias[row] = bias[row] - weights[row * size + column] * mean
    }
    layers.push({ inputs: size, outputs, weights, bias: Float32Array.from(bias), activations })
    sumDeviation = gain
  }
  return { layers, latentWeights }
}

/**
 * Returns the layers for some latent values, which are constant over a picture and therefore part of the first bias.
 * @param latent one value per latent input of the network
 */
export function foldLatentIntoBias({ layers, latentWeights }: PatternNetwork, latent: readonly number[]): Layer[] {
  const [first, ...others] = layers as [Layer, ...Layer[]]
  const bias = first.bias.map((value, row) => {
    let sum = value
    for (let n = 0; n < latent.length; n++) sum += latentWeights[row * latent.length + n] * latent[n]
    return sum
  })
  return [{ ...first, bias }, ...others]
}

function drawActivations({ seed, size, activations }: NetworkShape, layer: number): Activation[] {
  const activation = activations[layer % activations.length] as LayerActivation
  const random = stream(seed, layer, ACTIVATION_COLUMN)
  return Array.from({ length: Math.ceil(size / UNITS_PER_GROUP) }, () =>
    activation === 'mixed' ? MIXED[Math.floor(random.uniform() * MIXED.length)] : activation,
  )
}

function activationOf(activations: readonly Activation[], unit: number): Activation {
  return activations[Math.floor(unit / UNITS_PER_GROUP)]
}

function fillColumn(
  weights: Float32Array,
  columns: number,
  column: number,
  random: Random,
  scale: (row: number) => number,
): void {
  for (let row = 0, k = column; k < weights.length; row++, k += columns) weights[k] = random.normal() * scale(row)
}

/** Creates the random stream of a column, by mixing the seed with its position (the mixer of MurmurHash3). */
function stream(seed: number, layer: number, column: number): Random {
  let mixed = seed
  for (const part of [layer, column]) {
    mixed = Math.imul(mixed ^ (part + 0x9e3779b9), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    mixed ^= mixed >>> 16
  }
  return new Random(mixed >>> 0)
}
