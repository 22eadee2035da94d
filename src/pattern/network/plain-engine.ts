import { activations } from './activation.ts'
import { BATCH, type Engine, INPUT_COLUMNS, OUTPUT_ROWS, type PackedLayer, widestOf } from './packed.ts'

/** The readable reference engine, in plain TypeScript and float64. */
export const plainEngine: Engine = (layers) => {
  const widest = widestOf(layers)
  const scratch = [new Float64Array(widest * BATCH), new Float64Array(widest * BATCH)] as const
  return (source) => {
    let result = source
    for (const [n, layer] of layers.entries()) {
      const target = scratch[(n & 1) as 0 | 1]
      applyLayer(layer, result, target)
      result = target
    }
    return result
  }
}

/** Computes target (outputs, BATCH) = activation(weights · source (inputs, BATCH) + bias). */
function applyLayer({ inputs, outputs, weights, bias, runs }: PackedLayer, source: Float64Array, target: Float64Array) {
  for (let row = 0; row < outputs; row += OUTPUT_ROWS)
    for (let column = 0; column < inputs; column += INPUT_COLUMNS)
      accumulate(weights, bias, inputs, row, column, source, target)
  for (const { from, to, activation } of runs) activations[activation](target, from * BATCH, to * BATCH)
}

/** Adds the contribution of four inputs to two outputs, for the whole batch: eight weights stay in registers. */
function accumulate(
  weights: Float64Array,
  bias: Float64Array,
  inputs: number,
  row: number,
  column: number,
  source: Float64Array,
  target: Float64Array,
): void {
  const w = row * inputs + column
  const a0 = weights[w]
  const a1 = weights[w + 1]
  const a2 = weights[w + 2]
  const a3 = weights[w + 3]
  const b0 = weights[w + inputs]
  const b1 = weights[w + inputs + 1]
  const b2 = weights[w + inputs + 2]
  const b3 = weights[w + inputs + 3]
  const a = row * BATCH
  const b = a + BATCH
  if (column === 0) {
    target.fill(bias[row], a, b)
    target.fill(bias[row + 1], b, b + BATCH)
  }
  const k0 = column * BATCH
  const k1 = k0 + BATCH
  const k2 = k1 + BATCH
  const k3 = k2 + BATCH
  for (let p = 0; p < BATCH; p++) {
    const x0 = source[k0 + p]
    const x1 = source[k1 + p]
    const x2 = source[k2 + p]
    const x3 = source[k3 + p]
    target[a + p] += a0 * x0 + a1 * x1 + (a2 * x2 + a3 * x3)
    target[b + p] += b0 * x0 + b1 * x1 + (b2 * x2 + b3 * x3)
  }
}
