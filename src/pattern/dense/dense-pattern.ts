import { type Layer, OPACITY, OUTPUTS, UNITS_PER_GROUP } from '../network/layers.ts'
import { SLOT_COUNT, slotsOf } from '../network/position.ts'
import { CHANNELS } from '../paint/color.ts'
import type { Pattern, View } from '../pattern.ts'
import type { DenseNetwork } from './dense-network.ts'

/** Creates the picture of a trained network, for the renderers of recipes. */
export function patternFromDense(
  { inputs, color, alpha, layers }: DenseNetwork,
  view: View = { center: [0, 0], zoom: 1 },
): Pattern {
  const slots = slotsOf(inputs)
  const last = layers.length - 1
  const outputRows = Array.from({ length: CHANNELS[color] }, (_, channel) => channel)
  if (alpha !== 'none') outputRows.push(OPACITY)
  return {
    layers: layers.map(({ weights, bias, activation }, n): Layer => {
      // Move inputs to their slots and outputs to their planes; all else is zero.
      const columns = weights.length / bias.length
      const rows = n === last ? outputRows : Array.from(bias.keys())
      const outputs = n === last ? OUTPUTS : bias.length
      const inputCount = n === 0 ? SLOT_COUNT : columns
      const movedWeights = new Float32Array(outputs * inputCount)
      const movedBias = new Float32Array(outputs)
      for (const [from, to] of rows.entries()) {
        movedBias[to] = bias[from]
        for (let k = 0; k < columns; k++)
          movedWeights[to * inputCount + (n === 0 ? slots[k] : k)] = weights[from * columns + k]
      }
      return {
        inputs: inputCount,
        outputs,
        weights: movedWeights,
        bias: movedBias,
        activations: Array(Math.ceil(outputs / UNITS_PER_GROUP)).fill(activation),
      }
    }),
    inputs,
    symmetry: { center: [0, 0], folds: 1 },
    color,
    hue: [0, 1],
    alpha,
    view,
  }
}
