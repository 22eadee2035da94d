import { Random } from '../../math/random.ts'
import { type Activation, type Moments, moments } from './activation.ts'
import { type Input, SLOT_COUNT, slotsOf } from './position.ts'

/** One fully connected layer: sums = weights · inputs + bias, then an activation. */
export interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** (outputs, inputs) row-major */
  readonly weights: Float32Array
  /** (outputs) */
  readonly bias: Float32Array
  /** (⌈outputs / UNITS_A_KIND⌉) */
  readonly activations: readonly Activation[]
}

/** A choice for a layer of the network: one activation for all its units, or four units each by lot. */
export type LayerActivation = (typeof LAYER_ACTIVATIONS)[number]
export const LAYER_ACTIVATIONS = ['tanh', 'sine', 'softplus', 'relu', 'gaussian', 'mixed'] as const

/** What decides the weights of a network. The ranges are those of a recipe. */
export interface NetworkShape {
  readonly seed: number
  /** units a layer */
  readonly size: number
  /** hidden layers */
  readonly depth: number
  /** a layer takes the next one, and after the last the first again */
  readonly activations: readonly LayerActivation[]
  readonly inputs: readonly Input[]
  /** of latent numbers */
  readonly latents: number
  /** of the place, as the first layer sees it: how much happens in the picture */
  readonly frequency: number
  /** of the hidden layers: how sharply one thing turns into another */
  readonly gain: number
  /** of the last layer: how far the colours go */
  readonly contrast: number
}

/** A network whose latent numbers are still to be chosen. */
export interface Network {
  /** `depth` hidden layers, (size, SLOT_COUNT) the first; then the logits, (OUTPUTS, size), channels and opacity */
  readonly layers: readonly Layer[]
  /** (size, latents) row-major */
  readonly latentWeights: Float32Array
}

/** Four colour channels, whether a colour model needs them or not, then three spare ones and the opacity. */
export const OUTPUTS = 5
export const OPACITY = 4

/** Units that share an activation, so that mixed layers stay fast. */
export const UNITS_A_KIND = 4
const MIXED: readonly Activation[] = ['tanh', 'sine', 'softplus', 'relu', 'gaussian']
const ANSWERS: readonly Activation[] = Array(Math.ceil(OUTPUTS / UNITS_A_KIND)).fill('sigmoid')

/** Where sums of 1 do what sums of 1 do to tanh: a sine turns back and a bell is over long before. */
const STEEPNESS: Readonly<Record<Activation, number>> = {
  tanh: 1,
  sine: 0.5,
  softplus: 1,
  relu: 1,
  gaussian: 0.3,
  sigmoid: 1,
  linear: 1,
}

/** of the frequency: so much bias spreads the creases of the first layer over the picture instead of its middle */
const CREASES = 0.35
/** the variance of x and y together, all over the picture */
const FIELD = 1 / 6
/** layers from which on the gain is thinned out */
const THINNING = 6

// Columns of the first layer past the slots, and what is drawn beside the columns of a layer.
const ONE = SLOT_COUNT
const LATENT = ONE + 1
const LOTS = -1
/** the layer of the logits, so that a further hidden layer leaves its draws as they are */
const LAST = -1

/**
 * The network of the pattern: (x, y, r, …, latent, 1) through `depth` layers to a logit a channel. Every weight is drawn
 * from N(0, 1) and scaled, so that pictures of any size, depth and activation have something to show:
 *
 * - in the first layer by the frequency;
 * - in the others by gain / (σ √size), where σ is the deviation of what the layer before answers, whose mean goes into
 *   the bias. The sums of every layer then spread as N(0, gain²), and a small step in the picture grows by the same factor
 *   from layer to layer (Poole et al. 2016, "Exponential expressivity in deep neural networks through transient chaos").
 *   Beyond six layers the gain is thinned out, for else a deep picture is noise. The default gain, 2.5, gives plain
 *   N(0, 1) weights in sixteen tanh units.
 *
 * Every column of every layer has a stream of its own: a further unit, input or latent number leaves the draws of the
 * others as they are.
 */
export function createNetwork(shape: NetworkShape): Network {
  const { seed, size, depth, inputs, latents, frequency, contrast } = shape
  const gain = Math.min(shape.gain, 1 + (shape.gain - 1) * Math.min(1, THINNING / depth))
  const rise = Math.max(1, CREASES * frequency)

  const place = new Float32Array(size * SLOT_COUNT)
  const bias = new Float32Array(size)
  const latentWeights = new Float32Array(size * latents)
  let kinds: readonly Activation[] = drawActivations(shape, 0)
  const firstScale = (row: number, scale: number) => scale * STEEPNESS[kindOf(kinds, row)]
  for (const slot of slotsOf(inputs))
    fillColumn(place, SLOT_COUNT, slot, stream(seed, 0, slot), (row) => firstScale(row, frequency))
  fillColumn(bias, 1, 0, stream(seed, 0, ONE), (row) => firstScale(row, rise))
  for (let n = 0; n < latents; n++)
    fillColumn(latentWeights, latents, n, stream(seed, 0, LATENT + n), (row) => firstScale(row, 1))
  const layers: Layer[] = [{ inputs: SLOT_COUNT, outputs: size, weights: place, bias, activations: kinds }]

  let spread = Math.sqrt(FIELD * frequency * frequency + rise * rise)
  for (let layer = 1; layer <= depth; layer++) {
    const last = layer === depth
    const outputs = last ? OUTPUTS : size
    const weights = new Float32Array(outputs * size)
    const offsets = new Float64Array(outputs)
    const before = kinds
    const answers = new Map(before.map((kind) => [kind, moments(kind, spread * STEEPNESS[kind])]))
    kinds = last ? ANSWERS : drawActivations(shape, layer)
    for (let column = 0; column < size; column++) {
      const { mean, deviation } = answers.get(kindOf(before, column)) as Moments
      const scale = (last ? contrast : gain) / (deviation * Math.sqrt(size))
      const random = stream(seed, last ? LAST : layer, column)
      fillColumn(weights, size, column, random, (row) => scale * STEEPNESS[kindOf(kinds, row)])
      for (let row = 0; row < outputs; row++) offsets[row] = offsets[row] - weights[row * size + column] * mean
    }
    layers.push({ inputs: size, outputs, weights, bias: Float32Array.from(offsets), activations: kinds })
    spread = gain
  }
  return { layers, latentWeights }
}

function drawActivations({ seed, size, activations }: NetworkShape, layer: number): Activation[] {
  const kind = activations[layer % activations.length] as LayerActivation
  const lots = stream(seed, layer, LOTS)
  return Array.from({ length: Math.ceil(size / UNITS_A_KIND) }, () =>
    kind === 'mixed' ? MIXED[Math.floor(lots.uniform() * MIXED.length)] : kind,
  )
}

function kindOf(activations: readonly Activation[], unit: number): Activation {
  return activations[Math.floor(unit / UNITS_A_KIND)]
}

/** The layers with the latent numbers told: they are the same all over the picture, and so part of the first bias. */
export function foldLatentIntoBias({ layers, latentWeights }: Network, latent: readonly number[]): Layer[] {
  const [first, ...others] = layers as [Layer, ...Layer[]]
  const bias = first.bias.map((value, row) => {
    let sum = value
    for (let n = 0; n < latent.length; n++) sum += latentWeights[row * latent.length + n] * latent[n]
    return sum
  })
  return [{ ...first, bias }, ...others]
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

/** A source of chance for one column, from the seed and where the column stands (the mixer of MurmurHash3). */
function stream(seed: number, layer: number, column: number): Random {
  let mixed = seed
  for (const part of [layer, column]) {
    mixed = Math.imul(mixed ^ (part + 0x9e3779b9), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    mixed ^= mixed >>> 16
  }
  return new Random(mixed >>> 0)
}
