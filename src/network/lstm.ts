import { dequantize, type Tensor } from '../math/tensor.ts'
import { cellState, hiddenState } from './gates.ts'
import { onGrid } from './grid.ts'
import { type Linear, plainLinear } from './linear.ts'

/** What a network remembers between two steps. It lives outside the network: you can copy it, keep it, or continue from it twice. */
export interface State {
  /** hidden state, (H), each within ±1 */
  readonly h: Float32Array
  /** cell state, (H) */
  readonly c: Float32Array
}

/** Returns the state of a network that has read nothing. */
export function zeroState(units: number): State {
  return { h: new Float32Array(units), c: new Float32Array(units) }
}

/** Returns a copy that shares no memory with the state. */
export function copyState(state: State): State {
  return { h: state.h.slice(), c: state.c.slice() }
}

/**
 * A long short-term memory layer, one step at a time. Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000.
 *
 *     [i g f o] = x Wx + h Wh + b          (4H)
 *     c' = σ(f) c + σ(i) tanh(g)           (H)
 *     h' = σ(o) tanh(c')                   (H)
 */
export class Lstm {
  readonly inputs: number
  readonly units: number
  readonly #inputWeights: Float32Array // (inputs, 4H)
  readonly #recurrent: Linear // (H, 4H)
  readonly #bias: Float32Array // (4H)
  readonly #h: Float32Array // (H), scratch
  readonly #gates: Float64Array // (4H), scratch

  /**
   * @param inputWeights (inputs, 4H), gates in the order i, g, f, o
   * @param recurrentWeights (H, 4H)
   * @param bias (4H), including the forget bias
   */
  constructor(inputWeights: Tensor, recurrentWeights: Tensor, bias: Tensor) {
    this.#inputWeights = dequantize(inputWeights)
    this.#recurrent = plainLinear(recurrentWeights)
    this.#bias = dequantize(bias)
    this.inputs = inputWeights.shape[0]
    this.units = this.#recurrent.inputs
    this.#h = new Float32Array(this.units)
    this.#gates = new Float64Array(4 * this.units)
  }

  /**
   * Computes one step and returns the new state.
   * @param x (inputs)
   * @param state h (H) and c (H); not changed
   */
  step(x: ArrayLike<number>, state: State): State {
    const H = this.units
    for (let j = 0; j < H; j++) this.#h[j] = onGrid(state.h[j])
    const gates = this.#gates
    this.#inputTerm(x, gates)
    this.#recurrent.apply(this.#h, gates, gates)
    const next = zeroState(H)
    for (let j = 0; j < H; j++) {
      const i = gates[j]
      const g = gates[j + H]
      const f = gates[j + 2 * H]
      const o = gates[j + 3 * H]
      const cell = cellState(i, g, f, state.c[j])
      next.c[j] = cell
      next.h[j] = onGrid(hiddenState(o, cell))
    }
    return next
  }

  /** Computes gates (4H) = b (4H) + x (inputs) Wx (inputs, 4H), in the order of the inputs, as the WebAssembly kernel does. */
  #inputTerm(x: ArrayLike<number>, gates: Float64Array): void {
    gates.set(this.#bias)
    for (let k = 0; k < this.inputs; k++) {
      const value = Math.fround(x[k])
      const row = k * gates.length
      for (let j = 0; j < gates.length; j++) gates[j] += value * this.#inputWeights[row + j]
    }
  }
}
