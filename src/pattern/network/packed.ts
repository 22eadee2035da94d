import { roundUp } from '../../math/tensor.ts'
import type { Activation } from './activation.ts'
import { type Layer, UNITS_PER_GROUP } from './layers.ts'

/** The number of pixels that pass through the network together. */
export const BATCH = 64

/** The block of a layer that an engine computes at a time. */
export const OUTPUT_ROWS = 2
export const INPUT_COLUMNS = 4

/** A layer in the layout of the CPU engines. */
export interface PackedLayer {
  /** padded with zeros to multiples of INPUT_COLUMNS and OUTPUT_ROWS */
  readonly inputs: number
  readonly outputs: number
  /** (outputs, inputs) */
  readonly weights: Float64Array
  readonly bias: Float64Array
  /** runs of units from…to−1 with the same activation */
  readonly runs: readonly { from: number; to: number; activation: Activation }[]
}

/**
 * Computes a network for a batch.
 * @param source (inputs of the first layer, BATCH)
 * @returns (outputs of the last layer, BATCH), valid until the next call
 */
export type Pass = (source: Float64Array) => Float64Array

/** Prepares a network to be computed. The exact engines agree to the bit, because all add in the same order. */
export type Engine = (layers: readonly PackedLayer[]) => Pass

/** Pads a layer to whole blocks and converts it to float64. */
export function packLayer(layer: Layer): PackedLayer {
  const inputs = roundUp(layer.inputs, INPUT_COLUMNS)
  const outputs = roundUp(layer.outputs, OUTPUT_ROWS)
  const weights = new Float64Array(outputs * inputs)
  for (let row = 0; row < layer.outputs; row++)
    weights.set(layer.weights.subarray(row * layer.inputs, (row + 1) * layer.inputs), row * inputs)
  const bias = new Float64Array(outputs)
  bias.set(layer.bias)
  const runs: { from: number; to: number; activation: Activation }[] = []
  for (const [group, activation] of layer.activations.entries()) {
    const before = runs[runs.length - 1]
    const to = Math.min(UNITS_PER_GROUP * (group + 1), layer.outputs)
    if (before?.activation === activation) before.to = to
    else runs.push({ from: UNITS_PER_GROUP * group, to, activation })
  }
  return { inputs, outputs, weights, bias, runs }
}

/** Keeps only the columns of the first layer whose slots are in use. */
export function pickColumns(layer: Layer, slots: readonly number[]): Layer {
  const weights = new Float32Array(layer.outputs * slots.length)
  for (let row = 0; row < layer.outputs; row++)
    for (const [n, slot] of slots.entries()) weights[row * slots.length + n] = layer.weights[row * layer.inputs + slot]
  return { ...layer, inputs: slots.length, weights }
}

/** Keeps only the first rows of the last layer, whose other outputs are not used. */
export function pickRows({ inputs, weights, bias, activations }: Layer, outputs: number): Layer {
  return {
    inputs,
    outputs,
    weights: weights.subarray(0, outputs * inputs),
    bias: bias.subarray(0, outputs),
    activations: activations.slice(0, Math.ceil(outputs / UNITS_PER_GROUP)),
  }
}

/** Returns the planes that a batch needs between layers: a layer may read up to three more than the last one wrote. */
export function widestOf(layers: readonly PackedLayer[]): number {
  return roundUp(Math.max(...layers.map(({ outputs }) => outputs)), INPUT_COLUMNS)
}
