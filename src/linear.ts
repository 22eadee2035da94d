/** y = W x + b: where nearly all the time of a network goes, and so the one place that is written for speed. */
export interface Linear {
  readonly inputs: number
  readonly outputs: number
  /**
   * @param x (≥ inputs) read; entries past the inputs must be finite: they meet zeros
   * @param y (≥ outputs) written; entries past the outputs may be written too
   */
  apply(x: Float32Array, y: Float64Array): void
  /** How long x and y have to be: the sizes, rounded up to what a pass takes at a time. */
  readonly paddedInputs: number
  readonly paddedOutputs: number
}

const ROWS = 4
const COLUMNS = 2

/**
 * The plain version: a dot product a row, four rows and two columns at a time, so that each x is loaded once for four
 * rows and the sums do not wait for each other. Weights and x are float32; a sum is carried in float64, since rounding
 * it at every step (Math.fround) halves the speed in V8 and gains nothing.
 *
 * @param weights (inputs, outputs) row-major, as in the weights file
 * @param bias (outputs)
 */
export function plainLinear(weights: Float32Array, bias: Float32Array, inputs: number, outputs: number): Linear {
  const paddedInputs = roundUp(inputs, COLUMNS)
  const paddedOutputs = roundUp(outputs, ROWS)
  const rows = transpose(weights, inputs, outputs, paddedInputs, paddedOutputs)
  const offset = new Float32Array(paddedOutputs)
  offset.set(bias)

  return {
    inputs,
    outputs,
    paddedInputs,
    paddedOutputs,
    apply(x, y) {
      for (let row = 0; row < paddedOutputs; row += ROWS) {
        const row0 = row * paddedInputs
        const row1 = row0 + paddedInputs
        const row2 = row1 + paddedInputs
        const row3 = row2 + paddedInputs
        let sum0 = 0
        let sum1 = 0
        let sum2 = 0
        let sum3 = 0
        for (let k = 0; k < paddedInputs; k += COLUMNS) {
          const a = x[k]
          const b = x[k + 1]
          sum0 += rows[row0 + k] * a + rows[row0 + k + 1] * b
          sum1 += rows[row1 + k] * a + rows[row1 + k + 1] * b
          sum2 += rows[row2 + k] * a + rows[row2 + k + 1] * b
          sum3 += rows[row3 + k] * a + rows[row3 + k + 1] * b
        }
        y[row] = sum0 + offset[row]
        y[row + 1] = sum1 + offset[row + 1]
        y[row + 2] = sum2 + offset[row + 2]
        y[row + 3] = sum3 + offset[row + 3]
      }
    },
  }
}

function roundUp(size: number, multiple: number): number {
  return Math.ceil(size / multiple) * multiple
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
