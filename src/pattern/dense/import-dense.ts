import type { Input } from '../network/position.ts'
import { CHANNELS } from '../paint/color.ts'
import type { ImportedTensor } from './contents.ts'
import { decodeDense, encodeDense } from './dense-file.ts'
import { DenseError, type DenseLayer, type DenseNetwork } from './dense-network.ts'
import { readLists } from './lists.ts'
import { type ImportOptions, readMetadata } from './metadata.ts'
import { readSafetensors } from './safetensors.ts'
import { stackOf } from './stack.ts'

/**
 * Imports a dense network from a Sequential of PyTorch or Keras: a safetensors file, or JSON written by a few lines of
 * Python:
 *
 *     import json
 *     tensors = {name: tensor.tolist() for name, tensor in model.state_dict().items()}  # PyTorch
 *     tensors = {weight.path: weight.numpy().tolist() for weight in model.weights}      # or Keras
 *     metadata = {'activation': 'tanh', 'output': 'sigmoid'}
 *     json.dump({'metadata': metadata, 'tensors': tensors}, open('network.json', 'w'))
 *
 * @param bytes a file from anywhere
 * @param options take precedence over the file's own metadata
 * @throws DenseError naming the tensor, what was expected and what came
 */
export function importDense(bytes: Uint8Array, options: ImportOptions = {}): DenseNetwork {
  // A safetensors file starts with the length of its header, whose highest byte is 0, as no byte of text is.
  const { tensors, metadata } = bytes[7] === 0 ? readSafetensors(bytes) : readLists(bytes)
  return fromTensors(tensors, { ...readMetadata(metadata), ...options })
}

function fromTensors(tensors: ReadonlyMap<string, ImportedTensor>, options: ImportOptions): DenseNetwork {
  const { activation = 'tanh', output = 'sigmoid', omega = 1, range = [-0.5, 0.5], yUp = false } = options
  const stack = stackOf(tensors)
  const layers = stack.map(({ weights, bias }, n): DenseLayer => {
    if (n < stack.length - 1) return scaled({ weights, bias, activation }, omega)
    // (tanh z + 1) / 2 is the logistic function of 2 z
    if (output === 'tanh') return scaled({ weights, bias, activation: 'sigmoid' }, 2)
    return { weights, bias, activation: output }
  })
  const first = layers[0] as DenseLayer
  const columns = first.weights.length / first.bias.length
  if (columns !== 2 && columns !== 3)
    throw new DenseError(`${stack[0]?.name}: Expected 2 inputs (x, y) or 3 (x, y, r), got ${columns}.`)
  const inputs: Input[] = columns === 2 ? ['x', 'y'] : ['x', 'y', 'r']
  layers[0] = convertPositions(first, columns, range, yUp)

  const outputs = layers[layers.length - 1]?.bias.length as number
  const { color = outputs <= 2 ? 'bw' : 'rgb' } = options
  const { name = '', description = '', license = '', attribution = '' } = options
  const alpha = outputs === CHANNELS[color] + 1 ? 'straight' : 'none'
  // Encode and decode, to apply all checks of the file format.
  return decodeDense(encodeDense({ name, description, license, attribution, inputs, color, alpha, layers }))
}

function scaled(layer: DenseLayer, factor: number): DenseLayer {
  const scale = (value: number) => value * factor
  return { ...layer, weights: layer.weights.map(scale), bias: layer.bias.map(scale) }
}

/**
 * Converts the first layer from the positions of training, from…to, to ours, −0.5…0.5, by scaling the weights and adding
 * to the bias.
 */
function convertPositions(
  { weights, bias, activation }: DenseLayer,
  columns: number,
  [from, to]: readonly [number, number],
  yUp: boolean,
): DenseLayer {
  const scale = to - from
  const middle = (from + to) / 2
  if (!(scale > 0)) throw new DenseError(`range: Expected the smaller number first, got ${from}, ${to}.`)
  if (columns === 3 && middle !== 0)
    throw new DenseError(`range: Expected a range centered on 0, where r is 0, got ${from}, ${to}.`)
  const signs = [1, yUp ? -1 : 1, 1]
  return {
    weights: weights.map((weight, k) => weight * scale * signs[k % columns]),
    bias: bias.map((offset, row) => offset + middle * (weights[row * columns] + weights[row * columns + 1])),
    activation,
  }
}
