import { columnsOf, type Float32Tensor, roundUp, sizeOf, type Tensor } from '../math/tensor.ts'
import { integerLinear } from './integer-linear.ts'

/** y = offset + W x: where nearly all the time of a network goes, and so the one place that is written for speed. */
export interface Linear {
  readonly inputs: number
  readonly outputs: number
  /**
   * @param x (≥ paddedInputs) read; entries past the inputs must be finite: they meet zeros. Of int8 weights: on the grid
   *   of hidden states
   * @param offset (≥ paddedOutputs) read
   * @param y (≥ paddedOutputs) written; it may be `offset` itself
   */
  apply(x: Float32Array, offset: Float64Array, y: Float64Array): void
  /** How long x and y have to be: the sizes, rounded up to what a pass takes at a time. */
  readonly paddedInputs: number
  readonly paddedOutputs: number
}

const ROWS = 4
const COLUMNS = 2

/** In plain TypeScript. @param weights (inputs, outputs), as in the weights file */
export function plainLinear(weights: Tensor): Linear {
  return weights.dtype === 'int8' ? integerLinear(weights) : floatLinear(weights)
}

/**
 * A dot product a row, four rows and two columns at a time, so that each x is loaded once for four rows and the sums do not
 * wait for each other. Weights and x are float32; a sum is carried in float64, since rounding it at every step
 * (Math.fround) halves the speed in V8.
 */
function floatLinear(weights: Float32Tensor): Linear {
  const outputs = columnsOf(weights.shape)
  const inputs = sizeOf(weights.shape) / outputs
  const paddedInputs = roundUp(inputs, COLUMNS)
  const paddedOutputs = roundUp(outputs, ROWS)
  const rows = transpose(weights.data, inputs, outputs, paddedInputs, paddedOutputs)
  return {
    inputs,
    outputs,
    paddedInputs,
    paddedOutputs,
    apply: (x, offset, y) => product(rows, paddedOutputs, paddedInputs, x, offset, y),
  }
}

/** y = offset + rows · x. A function of its own: V8 is a fifth slower where it has to look sizes up in a closure. */
function product(
  rows: Float32Array,
  outputs: number,
  inputs: number,
  x: Float32Array,
  offset: Float64Array,
  y: Float64Array,
): void {
  for (let row = 0; row < outputs; row += ROWS) {
    const row0 = row * inputs
    const row1 = row0 + inputs
    const row2 = row1 + inputs
    const row3 = row2 + inputs
    let sum0 = 0
    let sum1 = 0
    let sum2 = 0
    let sum3 = 0
    for (let k = 0; k < inputs; k += COLUMNS) {
      const a = x[k]
      const b = x[k + 1]
      sum0 += rows[row0 + k] * a + rows[row0 + k + 1] * b
      sum1 += rows[row1 + k] * a + rows[row1 + k + 1] * b
      sum2 += rows[row2 + k] * a + rows[row2 + k + 1] * b
      sum3 += rows[row3 + k] * a + rows[row3 + k + 1] * b
    }
    y[row] = offset[row] + sum0
    y[row + 1] = offset[row + 1] + sum1
    y[row + 2] = offset[row + 2] + sum2
    y[row + 3] = offset[row + 3] + sum3
  }
}

/** (inputs, outputs) -> (paddedOutputs, paddedInputs), so that a dot product reads memory in order; zeros outside. */
function transpose(
  weights: Float32Array,
  inputs: number,
  outputs: number,
  paddedInputs: number,
  paddedOutputs: number,
): Float32Array {
  const rows = new Float32Array(paddedOutputs * paddedInputs)
  for (let k = 0; k < inputs; k++)
    for (let row = 0; row < outputs; row++) rows[row * paddedInputs + k] = weights[k * outputs + row]
  return rows
}
