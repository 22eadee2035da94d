import { dequantize } from '../math/tensor.ts'
import type { Weights } from '../weights/file.ts'
import { type Linear, plainLinear } from './linear.ts'
import { Lstm, onGrid, type State } from './lstm.ts'
import { type Mixture, mixtureFromLogits } from './mixture.ts'

/** The arithmetic of a model. There are two, and for the same weights they agree to the bit. */
export interface Network {
  readonly kernel: 'plain' | 'wasm'
  /**
   * @param input [dx, dy, pen], in model units
   * @param state it is not changed
   * @returns the new state
   */
  step(input: Input, state: State): State
  /** What the head says of a hidden state: (≥ 1 + 6M) logits, to be read before the next call. */
  logits(h: Float32Array): Float64Array
  /** The mixture that these logits describe. */
  mixture(h: Float32Array): Mixture
  /** Two paths that go on side by side, for bundles of paths that are looked at and thrown away. */
  pair(): Pair
}

/** A model unit's movement as the network reads it. */
type Input = readonly [dx: number, dy: number, pen: number]

/**
 * Two paths at once. The WebAssembly kernel runs them twice as fast as one after the other, and coarser: states of 16 bits,
 * so that a hidden state is right to about 1e-4. A pair is used up before the network makes the next.
 */
export interface Pair {
  /** Both paths begin here; it is not changed. */
  begin(state: State): void
  step(first: Input, second: Input): void
  /** (≥ 1 + 6M) each, to be read before the next call */
  logits(): readonly [ArrayLike<number>, ArrayLike<number>]
}

/** The network in plain TypeScript: it runs everywhere, and takes float32 weights as well as int8. */
export function plainNetwork({ tensors, mixtures }: Weights): Network {
  const lstm = new Lstm(tensors.inputWeights, tensors.recurrentWeights, tensors.bias)
  const head: Linear = plainLinear(tensors.headWeights)
  const bias = new Float64Array(head.paddedOutputs)
  bias.set(dequantize(tensors.headBias))
  const x = new Float32Array(head.paddedInputs)
  const logits = new Float64Array(head.paddedOutputs)
  const network: Network = {
    kernel: 'plain',
    step: (input, state) => lstm.step(input, state),
    logits(h) {
      for (let j = 0; j < h.length; j++) x[j] = onGrid(h[j])
      head.apply(x, bias, logits)
      return logits
    },
    mixture: (h) => mixtureFromLogits(network.logits(h), mixtures),
    pair: () => steppedPair(network),
  }
  return network
}

/** A pair without a kernel of its own: one path after the other, exactly. */
export function steppedPair(network: Network): Pair {
  let first: State
  let second: State
  return {
    begin(state) {
      first = second = state
    },
    step(firstInput, secondInput) {
      first = network.step(firstInput, first)
      second = network.step(secondInput, second)
    },
    logits: () => [network.logits(first.h).slice(), network.logits(second.h)],
  }
}
