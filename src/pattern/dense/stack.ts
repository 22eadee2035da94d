import type { Tensor } from './contents.ts'
import { DenseError } from './dense-file.ts'

/** A fully connected layer of somebody else's network; what it does with its sums, tensors do not tell. */
export interface NamedLayer {
  readonly name: string
  /** (outputs, inputs) row-major */
  readonly weights: Float32Array
  /** (outputs) */
  readonly bias: Float32Array
}

/**
 * The layers of a stack, in the order of the numbers in their names: PyTorch's `0.weight` (outputs, inputs) and `0.bias`,
 * `2.weight` and so on, or Keras's `dense/kernel` (inputs, outputs) and `dense/bias`, `dense_1/kernel` and so on.
 * @throws DenseError where tensors have other names, or shapes that do not go together
 */
export function stackOf(tensors: ReadonlyMap<string, Tensor>): NamedLayer[] {
  const layers = new Map<string, Map<string, Tensor>>()
  for (const [name, tensor] of tensors) {
    const parts = /^(?:(.*)[./])?(weight|kernel|bias)(?::0)?$/.exec(name)
    if (!parts)
      throw new DenseError(
        `${name}: Got a tensor of that name when expected 0.weight and 0.bias, or dense/kernel and dense/bias, and so on.`,
      )
    const [, layer = '', part = ''] = parts
    layers.set(layer, (layers.get(layer) ?? new Map<string, Tensor>()).set(part, tensor))
  }
  if (layers.size === 0) throw new DenseError('file: Got no tensors when expected those of one layer at least.')
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

function toLayer(name: string, parts: ReadonlyMap<string, Tensor>): NamedLayer {
  const matrix = parts.get('weight') ?? parts.get('kernel')
  if (!matrix) throw new DenseError(`${name}: Got a bias alone when expected a weight or kernel beside it.`)
  if (matrix.shape.length !== 2)
    throw new DenseError(`${name}: Got weights of shape [${matrix.shape.join(', ')}] when expected two dimensions.`)
  const isKernel = !parts.has('weight')
  const [outputs, inputs] = (isKernel ? [...matrix.shape].reverse() : matrix.shape) as [number, number]
  if (outputs < 1 || inputs < 1)
    throw new DenseError(`${name}: Got ${outputs} outputs of ${inputs} inputs when expected one of each at least.`)
  const weights = new Float32Array(outputs * inputs)
  for (let row = 0; row < outputs; row++)
    for (let column = 0; column < inputs; column++)
      weights[row * inputs + column] = matrix.data[isKernel ? column * outputs + row : row * inputs + column]
  const offsets = parts.get('bias')
  if (offsets && (offsets.shape.length !== 1 || offsets.shape[0] !== outputs))
    throw new DenseError(`${name}: Got a bias of shape [${offsets.shape.join(', ')}] when expected [${outputs}].`)
  return { name, weights, bias: offsets ? Float32Array.from(offsets.data) : new Float32Array(outputs) }
}
