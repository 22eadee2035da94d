import { columnsOf, sizeOf, type Tensor } from '../math/tensor.ts'
import { GRID } from './grid.ts'

/** A linear layer, y = offset + x W. Nearly all the time of a network step is spent here. */
export interface Linear {
  readonly inputs: number
  readonly outputs: number
  /**
   * @param x (inputs), read; with int8 weights it must be on the grid of hidden states, see `onGrid`
   * @param offset (outputs), read
   * @param y (outputs), written; may be the same array as `offset`
   */
  apply(x: Float32Array, offset: Float64Array, y: Float64Array): void
}

/**
 * Creates a linear layer in plain TypeScript.
 *
 * int8 weights: the sums are integers and exact, because x is a multiple of 2⁻²³ (see `onGrid`); the scale is applied once per
 * output. float32 weights: sums in float64.
 * @param weights (inputs, outputs), row-major; copied
 */
export function plainLinear(weights: Tensor): Linear {
  const outputs = columnsOf(weights.shape)
  const inputs = sizeOf(weights.shape) / outputs
  const isInteger = weights.dtype === 'int8'
  const data = weights.data.slice()
  const scale = isInteger ? weights.scale.map((step) => step / GRID) : new Float64Array(outputs).fill(1)
  const unit = isInteger ? GRID : 1
  const sums = new Float64Array(outputs)
  return {
    inputs,
    outputs,
    apply(x, offset, y) {
      addProducts(data, x, unit, sums)
      for (let j = 0; j < outputs; j++) y[j] = offset[j] + scale[j] * sums[j]
    },
  }
}

/**
 * Computes sums[j] = Σ_k unit x[k] W[k, j], four inputs at a time: a quarter of the loads and stores of the sums.
 * @param data (inputs, outputs), row-major
 * @param x (inputs)
 * @param sums (outputs), written
 */
export function addProducts(data: Int8Array | Float32Array, x: Float32Array, unit: number, sums: Float64Array): void {
  const outputs = sums.length
  const inputs = data.length / outputs
  sums.fill(0)
  let k = 0
  for (; k + 3 < inputs; k += 4) {
    const a = unit * x[k]
    const b = unit * x[k + 1]
    const c = unit * x[k + 2]
    const d = unit * x[k + 3]
    const row0 = k * outputs
    const row1 = row0 + outputs
    const row2 = row1 + outputs
    const row3 = row2 + outputs
    for (let j = 0; j < outputs; j++)
      sums[j] = sums[j] + (data[row0 + j] * a + data[row1 + j] * b) + (data[row2 + j] * c + data[row3 + j] * d)
  }
  for (; k < inputs; k++) {
    const a = unit * x[k]
    const row = k * outputs
    for (let j = 0; j < outputs; j++) sums[j] += data[row + j] * a
  }
}
