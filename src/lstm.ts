import { sigmoid, tanh } from './elementary.ts'
import { type Linear, plainLinear } from './linear.ts'

/** What the network remembers. It lives outside the model: copy it, branch it, keep it, colour by it. */
export interface State {
  /** hidden state, (H), each in −1…1 */
  readonly h: Float32Array
  /** cell state, (H) */
  readonly c: Float32Array
}

export function zeroState(units: number): State {
  return { h: new Float32Array(units), c: new Float32Array(units) }
}

export function copyState(state: State): State {
  return { h: state.h.slice(), c: state.c.slice() }
}

/** A long short-term memory layer (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000), one step at a time. */
export class Lstm {
  readonly inputs: number
  readonly units: number
  readonly #linear: Linear
  readonly #x: Float32Array // (inputs + H), the input and then h
  readonly #gates: Float64Array // (4H), gates i g f o

  /**
   * @param inputWeights (inputs, 4H) row-major, gates in the order i g f o
   * @param recurrentWeights (H, 4H) row-major, likewise
   * @param bias (4H), the forget bias in it
   */
  constructor(inputWeights: Float32Array, recurrentWeights: Float32Array, bias: Float32Array) {
    this.units = bias.length / 4
    this.inputs = inputWeights.length / bias.length
    // One product over [input | h] instead of two: the input's rows stand on top of the recurrent ones.
    const weights = new Float32Array(inputWeights.length + recurrentWeights.length)
    weights.set(inputWeights)
    weights.set(recurrentWeights, inputWeights.length)
    this.#linear = plainLinear(weights, bias, this.inputs + this.units, 4 * this.units)
    this.#x = new Float32Array(this.#linear.paddedInputs)
    this.#gates = new Float64Array(this.#linear.paddedOutputs)
  }

  /**
   * One step: c' = σ(f) c + σ(i) tanh(g) and h' = σ(o) tanh(c').
   * @param input (inputs)
   * @param state of H units; it is not changed
   * @returns the new state
   */
  step(input: ArrayLike<number>, state: State): State {
    const H = this.units
    const x = this.#x
    const gates = this.#gates
    x.set(input)
    x.set(state.h, this.inputs)
    this.#linear.apply(x, gates)

    const next = zeroState(H)
    const { h, c } = next
    const before = state.c
    for (let j = 0; j < H; j++) {
      const i = gates[j]
      const g = gates[j + H]
      const f = gates[j + 2 * H]
      const o = gates[j + 3 * H]
      const cell = sigmoid(f) * before[j] + sigmoid(i) * tanh(g)
      c[j] = cell
      h[j] = sigmoid(o) * tanh(cell)
    }
    return next
  }
}
