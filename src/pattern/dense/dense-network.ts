import type { Activation } from '../network/activation.ts'
import { INPUTS, type Input, SLOTS } from '../network/position.ts'
import { type Alpha, CHANNELS, type ColorModel } from '../paint/color.ts'

/** A trained network of fully connected layers that maps positions to colors: a picture that was learned. */
export interface DenseNetwork {
  readonly name: string
  readonly description: string
  /** usually an SPDX identifier */
  readonly license: string
  readonly attribution: string
  /** the inputs of the first layer, in the order of `INPUTS`, relative to (0, 0) */
  readonly inputs: readonly Input[]
  readonly color: ColorModel
  /** 'none', unless the last layer has one output more than the color model has channels */
  readonly alpha: Alpha
  readonly layers: readonly DenseLayer[]
}

/** A layer of a trained network: activation(weights · inputs + bias). */
export interface DenseLayer {
  /** (outputs, inputs) row-major */
  readonly weights: Float32Array
  /** (outputs) */
  readonly bias: Float32Array
  readonly activation: Activation
}

/** Reports a dense network, or a file to import one from, as broken: where, what was expected and what came. */
export class DenseError extends Error {
  override name = 'DenseError'
}

/** The activations that a trained network may have. */
export const DENSE_ACTIVATIONS = ['tanh', 'sine', 'softplus', 'relu', 'gaussian', 'sigmoid', 'linear'] as const
export const MAX_UNITS = 128
export const MAX_LAYERS = 33
const MAX_WEIGHT = 1e6 // far beyond trained weights

/**
 * Checks that the layers of a network fit together, its inputs and its colors.
 * @throws DenseError
 */
export function checkDense({ inputs, color, alpha, layers }: DenseNetwork): void {
  checkInputs(inputs)
  const values = inputs.reduce((sum, input) => sum + SLOTS[input].length, 0)
  let before = values
  for (const [n, layer] of layers.entries()) {
    const columns = layer.weights.length / layer.bias.length
    if (columns !== before)
      throw new DenseError(
        n === 0
          ? `layers.0: Expected ${values} inputs, for ${inputs.join(', ')}, got ${columns}.`
          : `layers.${n}: Expected ${before} inputs, the outputs of the layer before, got ${columns}.`,
      )
    checkLayer(`layers.${n}`, layer)
    before = layer.bias.length
  }
  const outputs = CHANNELS[color] + (alpha === 'none' ? 0 : 1)
  if (before !== outputs)
    throw new DenseError(
      `layers: Expected ${outputs} outputs, for ${color}${alpha === 'none' ? '' : ' and opacity'}, got ${before}.`,
    )
  const activation = layers[layers.length - 1]?.activation
  const isBounded = activation === 'sigmoid' || activation === 'gaussian'
  if (!isBounded && color !== 'rgb' && color !== 'bw')
    throw new DenseError(`layers: Expected sigmoid in the last layer, because ${color} needs 0…1, got ${activation}.`)
}

function checkInputs(inputs: readonly Input[]): void {
  if (new Set(inputs).size !== inputs.length) throw new DenseError(`inputs: Expected each input once, got ${inputs}.`)
  if (inputs.some((input, n) => n > 0 && INPUTS.indexOf(input) < INPUTS.indexOf(inputs[n - 1])))
    throw new DenseError(`inputs: Expected them in the order ${INPUTS}, got ${inputs}.`)
}

function checkLayer(where: string, { weights, bias }: DenseLayer): void {
  if (bias.length > MAX_UNITS)
    throw new DenseError(`${where}: Expected at most ${MAX_UNITS} units, got ${bias.length}.`)
  for (const values of [weights, bias]) {
    const wrong = values.find((value) => !(Math.abs(value) <= MAX_WEIGHT))
    if (wrong !== undefined)
      throw new DenseError(`${where}: Expected weights from -${MAX_WEIGHT} to ${MAX_WEIGHT}, got ${wrong}.`)
  }
}
