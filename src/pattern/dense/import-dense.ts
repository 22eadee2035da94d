import type { Input } from '../network/position.ts'
import { CHANNELS } from '../paint/color.ts'
import type { Tensor } from './contents.ts'
import { DenseError, type DenseLayer, type DenseNetwork, decodeDense, encodeDense } from './dense-file.ts'
import { readLists } from './lists.ts'
import { type ImportOptions, readMetadata } from './metadata.ts'
import { readSafetensors } from './safetensors.ts'
import { stackOf } from './stack.ts'

/**
 * Imports the dense network of somebody else, from PyTorch's Sequential or Keras's: a safetensors file, or JSON that a few
 * lines of Python write:
 *
 *     import json
 *     tensors = {name: tensor.tolist() for name, tensor in model.state_dict().items()}  # PyTorch
 *     tensors = {weight.path: weight.numpy().tolist() for weight in model.weights}      # or Keras
 *     metadata = {'activation': 'tanh', 'output': 'sigmoid'}
 *     json.dump({'metadata': metadata, 'tensors': tensors}, open('network.json', 'w'))
 *
 * @param bytes the file; it may come from anywhere
 * @param options win over what the file says of itself
 * @throws DenseError saying which tensor is wrong, what was expected and what came
 */
export function importDense(bytes: Uint8Array, options: ImportOptions = {}): DenseNetwork {
  // A safetensors file begins with the length of its header, whose highest byte is 0; no text has such a byte.
  const { tensors, metadata } = bytes[7] === 0 ? readSafetensors(bytes) : readLists(bytes)
  return fromTensors(tensors, { ...readMetadata(metadata), ...options })
}

function fromTensors(tensors: ReadonlyMap<string, Tensor>, options: ImportOptions): DenseNetwork {
  const { activation = 'tanh', output = 'sigmoid', omega = 1, range = [-0.5, 0.5], yUp = false } = options
  const stack = stackOf(tensors)
  const layers = stack.map(({ weights, bias }, n): DenseLayer => {
    if (n < stack.length - 1) return scaled({ weights, bias, activation }, omega)
    // (tanh z + 1) / 2 is the logistic function of 2 z
    if (output === 'tanh') return scaled({ weights, bias, activation: 'sigmoid' }, 2)
    return { weights, bias, activation: output }
  })
  const first = layers[0] as DenseLayer
  const told = first.weights.length / first.bias.length
  if (told !== 2 && told !== 3)
    throw new DenseError(`${stack[0]?.name}: Got ${told} inputs when expected 2 (x, y) or 3 (x, y, r).`)
  const inputs: Input[] = told === 2 ? ['x', 'y'] : ['x', 'y', 'r']
  layers[0] = toOurPlaces(first, told, range, yUp)

  const answers = layers[layers.length - 1]?.bias.length as number
  const { color = answers <= 2 ? 'bw' : 'rgb' } = options
  const { name = '', description = '', license = '', attribution = '' } = options
  const alpha = answers === CHANNELS[color] + 1 ? 'straight' : 'none'
  // What is wrong with the whole is told by the format's own check.
  return decodeDense(encodeDense({ name, description, license, attribution, inputs, color, alpha, layers }))
}

function scaled(layer: DenseLayer, factor: number): DenseLayer {
  const scale = (value: number) => value * factor
  return { ...layer, weights: layer.weights.map(scale), bias: layer.bias.map(scale) }
}

/** Trained on places from…to, the layer is told ours, −0.5…0.5: a scale of the weights, and a part of the bias. */
function toOurPlaces(
  { weights, bias, activation }: DenseLayer,
  told: number,
  [from, to]: readonly [number, number],
  yUp: boolean,
): DenseLayer {
  const scale = to - from
  const middle = (from + to) / 2
  if (!(scale > 0)) throw new DenseError(`range: Got ${from}, ${to} when expected the smaller number first.`)
  if (told === 3 && middle !== 0)
    throw new DenseError(`range: Got ${from}, ${to} when expected a range around 0, for r is measured from there.`)
  const signs = [1, yUp ? -1 : 1, 1]
  return {
    weights: weights.map((weight, k) => weight * scale * signs[k % told]),
    bias: bias.map((offset, row) => offset + middle * (weights[row * told] + weights[row * told + 1])),
    activation,
  }
}
