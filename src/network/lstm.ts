import { ROUNDING } from '../math/rounding.ts'
import { dequantize, type Tensor } from '../math/tensor.ts'
import { cellState, hiddenState } from './gates.ts'
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

const GRID = 2 ** 23
const GRID_LIMIT = 4 - 2 ** -10 // more than the LSTM ever makes; with less room, sketches could not bend it

/**
 * A hidden state to the nearest multiple of 2⁻²³, as fine as a float32 near 1. Its products with int8 weights are then
 * integers below 2⁵³, which float64 adds without rounding.
 */
export function onGrid(h: number): number {
  const within = Math.max(-GRID_LIMIT, Math.min(GRID_LIMIT, h))
  return (within * GRID + ROUNDING - ROUNDING) / GRID
}

/** A long short-term memory layer (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000), one step at a time. */
export class Lstm {
  readonly inputs: number
  readonly units: number
  readonly #inputWeights: Float32Array
  readonly #recurrent: Linear
  readonly #bias: Float32Array
  readonly #h: Float32Array // (H), padded
  readonly #offset: Float64Array // (4H), padded: bias and input
  readonly #gates: Float64Array // (4H), padded; i g f o

  /**
   * @param inputWeights (inputs, 4H), gates in the order i g f o
   * @param recurrentWeights (H, 4H), likewise
   * @param bias (4H), the forget bias in it
   */
  constructor(inputWeights: Tensor, recurrentWeights: Tensor, bias: Tensor) {
    this.#inputWeights = dequantize(inputWeights)
    this.#recurrent = plainLinear(recurrentWeights)
    this.#bias = dequantize(bias)
    this.units = this.#recurrent.inputs
    this.inputs = inputWeights.shape[0]
    this.#h = new Float32Array(this.#recurrent.paddedInputs)
    this.#offset = new Float64Array(this.#recurrent.paddedOutputs)
    this.#gates = new Float64Array(this.#recurrent.paddedOutputs)
  }

  /**
   * One step: c' = σ(f) c + σ(i) tanh(g) and h' = σ(o) tanh(c').
   * @param input (inputs)
   * @param state of H units; it is not changed
   * @returns the new state
   */
  step(input: ArrayLike<number>, state: State): State {
    const H = this.units
    const x = this.#h
    for (let j = 0; j < H; j++) x[j] = onGrid(state.h[j])
    this.#addInput(input)
    const gates = this.#gates
    this.#recurrent.apply(x, this.#offset, gates)

    const next = zeroState(H)
    const { h, c } = next
    const before = state.c
    for (let j = 0; j < H; j++) {
      const i = gates[j]
      const g = gates[j + H]
      const f = gates[j + 2 * H]
      const o = gates[j + 3 * H]
      const cell = cellState(i, g, f, before[j])
      c[j] = cell
      h[j] = onGrid(hiddenState(o, cell))
    }
    return next
  }

  /** offset = bias + input · inputWeights, in the order of the inputs. */
  #addInput(input: ArrayLike<number>): void {
    const offset = this.#offset
    offset.set(this.#bias)
    const outputs = 4 * this.units
    for (let k = 0; k < this.inputs; k++) {
      const x = Math.fround(input[k])
      const row = k * outputs
      for (let j = 0; j < outputs; j++) offset[j] += x * this.#inputWeights[row + j]
    }
  }
}
