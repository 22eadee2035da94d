import { type Linear, plainLinear } from './linear.ts'
import { Lstm, onGrid, type State } from './lstm.ts'
import { dequantize } from './tensor.ts'
import type { Weights } from './weights.ts'

/** The arithmetic of a model. There are two, and for the same weights they agree to the bit. */
export interface Network {
  readonly kernel: 'plain' | 'wasm'
  /**
   * @param input [dx, dy, pen], in model units
   * @param state it is not changed
   * @returns the new state
   */
  step(input: readonly [dx: number, dy: number, pen: number], state: State): State
  /** What the head says of a hidden state: (≥ 1 + 6M) logits, to be read before the next call. */
  logits(h: Float32Array): Float64Array
}

/** The network in plain TypeScript: it runs everywhere, and takes float32 weights as well as int8. */
export function plainNetwork({ tensors }: Weights): Network {
  const lstm = new Lstm(tensors.inputWeights, tensors.recurrentWeights, tensors.bias)
  const head: Linear = plainLinear(tensors.headWeights)
  const bias = new Float64Array(head.paddedOutputs)
  bias.set(dequantize(tensors.headBias))
  const x = new Float32Array(head.paddedInputs)
  const logits = new Float64Array(head.paddedOutputs)
  return {
    kernel: 'plain',
    step: (input, state) => lstm.step(input, state),
    logits(h) {
      for (let j = 0; j < h.length; j++) x[j] = onGrid(h[j])
      head.apply(x, bias, logits)
      return logits
    },
  }
}
