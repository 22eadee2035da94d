import { roundUp } from '../../math/tensor.ts'
import type { Activation } from './activation.ts'
import { type Layer, UNITS_A_KIND } from './layers.ts'

/** Pixels that go through the network side by side. */
export const BATCH = 64

/** What a pass takes of a layer at a time. */
export const OUTPUT_ROWS = 2
export const INPUT_COLUMNS = 4

/** A layer as the renderers on the CPU read it. */
export interface PackedLayer {
  /** padded to INPUT_COLUMNS and OUTPUT_ROWS with zeros */
  readonly inputs: number
  readonly outputs: number
  /** (outputs, inputs) */
  readonly weights: Float64Array
  readonly bias: Float64Array
  /** neighbours with the same activation: the units from…to−1 */
  readonly runs: readonly { from: number; to: number; activation: Activation }[]
}

/**
 * A way for a batch through a network.
 * @param source (inputs of the first layer, BATCH)
 * @returns (outputs of the last layer, BATCH), until the next call
 */
export type Pass = (source: Float64Array) => Float64Array

/** Something that computes. Every engine gives the same bits: each sum has one order. */
export type Engine = (layers: readonly PackedLayer[]) => Pass

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
    const to = Math.min(UNITS_A_KIND * (group + 1), layer.outputs)
    if (before?.activation === activation) before.to = to
    else runs.push({ from: UNITS_A_KIND * group, to, activation })
  }
  return { inputs, outputs, weights, bias, runs }
}

/** Of the first layer only the columns of the slots that a pattern uses. */
export function pickColumns(layer: Layer, slots: readonly number[]): Layer {
  const weights = new Float32Array(layer.outputs * slots.length)
  for (let row = 0; row < layer.outputs; row++)
    for (const [n, slot] of slots.entries()) weights[row * slots.length + n] = layer.weights[row * layer.inputs + slot]
  return { ...layer, inputs: slots.length, weights }
}

/** Of the last layer only the first answers, where nobody asks for the others. */
export function pickRows({ inputs, weights, bias, activations }: Layer, outputs: number): Layer {
  return {
    inputs,
    outputs,
    weights: weights.subarray(0, outputs * inputs),
    bias: bias.subarray(0, outputs),
    activations: activations.slice(0, Math.ceil(outputs / UNITS_A_KIND)),
  }
}

/** The planes that a batch needs between two layers: one may read some past those that the other has written. */
export function widestOf(layers: readonly PackedLayer[]): number {
  return roundUp(Math.max(...layers.map(({ outputs }) => outputs)), INPUT_COLUMNS)
}
