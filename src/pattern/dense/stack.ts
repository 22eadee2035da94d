import type { ImportedTensor } from './contents.ts'
import { DenseError } from './dense-network.ts'

/** A fully connected layer of an imported network. Its activation is not in the tensors. */
export interface NamedLayer {
  readonly name: string
  /** (outputs, inputs) row-major */
  readonly weights: Float32Array
  /** (outputs) */
  readonly bias: Float32Array
}

/**
 * Sorts tensors into layers, by the numbers in their names: PyTorch's `0.weight` (outputs, inputs) and `0.bias`, `2.weight`
 * and so on, or Keras's `dense/kernel` (inputs, outputs) and `dense/bias`, `dense_1/kernel` and so on. A missing bias is 0.
 * @throws DenseError if tensors have other names, or shapes that do not fit
 */
export function stackOf(tensors: ReadonlyMap<string, ImportedTensor>): NamedLayer[] {
  const layers = new Map<string, Map<string, ImportedTensor>>()
  for (const [name, tensor] of tensors) {
    const parts = /^(?:(.*)[./])?(weight|kernel|bias)(?::0)?$/.exec(name)
    if (!parts)
      throw new DenseError(
        `file: Expected tensors named like 0.weight and 0.bias, or dense/kernel and dense/bias, got ${name}.`,
      )
    const [, layer = '', part = ''] = parts
    layers.set(layer, (layers.get(layer) ?? new Map<string, ImportedTensor>()).set(part, tensor))
  }
  if (layers.size === 0) throw new DenseError('file: Expected the tensors of at least one layer, got none.')
  return [...layers].sort(([a], [b]) => compareNumbered(a, b)).map(([name, parts]) => toLayer(name, parts))
}

function compareNumbered(a: string, b: string): number {
  const numbers = (name: string) => [...name.matchAll(/\d+/g)].map(Number)
  const [left, right] = [numbers(a), numbers(b)]
  for (let n = 0; n < Math.max(left.length, right.length); n++) {
    const difference = (left[n] ?? -1) - (right[n] ?? -1)
    if (difference !== 0) return difference
  }
  return a < b ? -1 : 1
}

function toLayer(name: string, parts: ReadonlyMap<string, ImportedTensor>): NamedLayer {
  const matrix = parts.get('weight') ?? parts.get('kernel')
  if (!matrix) throw new DenseError(`${name}: Expected a weight or kernel, got only a bias.`)
  if (matrix.shape.length !== 2)
    throw new DenseError(`${name}: Expected weights of two dimensions, got shape [${matrix.shape.join(', ')}].`)
  const isKernel = !parts.has('weight')
  const [outputs, inputs] = (isKernel ? [...matrix.shape].reverse() : matrix.shape) as [number, number]
  if (outputs < 1 || inputs < 1)
    throw new DenseError(`${name}: Expected at least one output and one input, got ${outputs} and ${inputs}.`)
  const weights = new Float32Array(outputs * inputs)
  for (let row = 0; row < outputs; row++)
    for (let column = 0; column < inputs; column++)
      weights[row * inputs + column] = matrix.data[isKernel ? column * outputs + row : row * inputs + column]
  const offsets = parts.get('bias')
  if (offsets && (offsets.shape.length !== 1 || offsets.shape[0] !== outputs))
    throw new DenseError(`${name}: Expected a bias of shape [${outputs}], got [${offsets.shape.join(', ')}].`)
  return { name, weights, bias: offsets ? Float32Array.from(offsets.data) : new Float32Array(outputs) }
}
