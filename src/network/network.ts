import type { Input } from './input.ts'
import type { State } from './lstm.ts'
import type { Mixture } from './mixture.ts'

/** A network for free writing, in model units. There are two kernels; with the same int8 weights they agree to the bit. */
export interface Network {
  readonly kernel: 'plain' | 'wasm'
  /**
   * Reads one movement and returns the new state.
   * @param state not changed
   */
  step(input: Input, state: State): State
  /** Returns the logits of the next movement, (≥ 1 + 6M). Read them before the next call: the array is reused. */
  logits(h: Float32Array): Float64Array
  /** Returns the distribution of the next movement. */
  mixture(h: Float32Array): Mixture
  /** Creates a pair: two paths computed side by side. */
  pair(): Pair
}

/**
 * Two paths computed side by side, for bundles of paths that are drawn once and discarded. int8 weights of up to 512 units
 * are computed with states of 16 bits, accurate to about 1e-4: twice as fast in the WebAssembly kernel. Other networks
 * compute exactly. Both kernels agree to the bit.
 */
export interface Pair {
  /** Starts both paths from a state, which is not changed. */
  begin(state: State): void
  /** Reads one movement for each path. */
  step(first: Input, second: Input): void
  /** Returns the logits of both paths, (≥ 1 + 6M) each. Read them before the next call: the arrays are reused. */
  logits(): readonly [ArrayLike<number>, ArrayLike<number>]
}
