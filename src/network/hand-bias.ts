import { dequantize, type Tensor } from '../math/tensor.ts'
import type { TextWeights } from '../weights/text-file.ts'
import type { HandBias } from './text-network.ts'

/** Returns a function that computes the gate biases of a hand: b + e C, for both layers. */
export function handBiases({ tensors, hand: length }: TextWeights): (vector: ArrayLike<number>) => HandBias {
  const first = layerBias(tensors.b1, tensors.c1)
  const second = layerBias(tensors.b2, tensors.c2)
  return (vector) => {
    if (vector?.length !== length)
      throw new RangeError(`Expected a hand of ${length} numbers, got ${vector?.length ?? String(vector)}.`)
    return { first: first(vector), second: second(vector) }
  }
}

/** @param bias (4H) @param weights (E, 4H) */
function layerBias(bias: Tensor, weights: Tensor): (vector: ArrayLike<number>) => Float32Array {
  const base = dequantize(bias)
  const rows = dequantize(weights)
  return (vector) => {
    const sums = Float64Array.from(base)
    for (let k = 0; k < vector.length; k++) {
      const row = k * sums.length
      for (let j = 0; j < sums.length; j++) sums[j] += vector[k] * rows[row + j]
    }
    return Float32Array.from(sums)
  }
}
