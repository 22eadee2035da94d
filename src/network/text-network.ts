import type { Input } from './input.ts'
import type { Mixture } from './mixture.ts'
import type { Attention, Window } from './window.ts'

/**
 * A network that writes a given text in a given hand, in model units. Graves 2013, section 5; it also sees its height above
 * the baseline, and a hand is a vector. There are two kernels; with the same int8 weights they agree to the bit.
 *
 *     x = [dx, dy, pen, y / 4]                                     (4)
 *     h1, c1 = LSTM([x, seen], h1, c1)                             (H)
 *     window = moveWindow(h1 Wp + bp)
 *     h2, c2 = LSTM([x, seen', h1], h2, c2)                        (H)
 *     logits = [h1, h2] Wo + bo                                    (1 + 6M)
 */
export interface TextNetwork {
  readonly kernel: 'plain' | 'wasm'
  /** Prepares a hand for `step`. @param vector (E) */
  hand(vector: ArrayLike<number>): HandBias
  /**
   * Reads one movement and returns the new state. The first movement of a text is [0, 0, 1]: the pen is lifted on the baseline,
   * at the left edge of the first character.
   * @param state not changed
   * @param text characters of the alphabet, each below A; the last one is 0, the end
   */
  step(input: Input, state: TextState, text: Uint8Array, hand: HandBias): TextState
  /** Returns the logits of the next movement, (≥ 1 + 6M). Read them before the next call: the array is reused. */
  logits(state: TextState): Float64Array
  /** Returns the distribution of the next movement. */
  mixture(state: TextState): Mixture
}

/** What a text network remembers between two steps. */
export interface TextState extends Window {
  /** hidden and cell states of the two layers, (H) each */
  readonly h1: Float32Array
  readonly c1: Float32Array
  readonly h2: Float32Array
  readonly c2: Float32Array
  /** the height of the pen below the baseline, model units */
  readonly y: number
}

/** A hand as the gates use it: their biases plus the hand's vector times C, (4H) per layer. Computed once per hand. */
export interface HandBias {
  readonly first: Float32Array
  readonly second: Float32Array
}

const NOTHING: Attention = { from: 0, phi: new Float64Array(0) }
const START = -0.5 // of kappa: half a character before the first one

/** Returns the state before the first movement of a text. */
export function startOfText({
  units,
  window,
  alphabet,
}: {
  units: number
  window: number
  alphabet: number
}): TextState {
  const zeros = () => new Float32Array(units)
  return {
    h1: zeros(),
    c1: zeros(),
    h2: zeros(),
    c2: zeros(),
    kappa: new Float64Array(window).fill(START),
    seen: new Float32Array(alphabet),
    attention: NOTHING,
    y: 0,
  }
}
