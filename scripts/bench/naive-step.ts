import { type Mixture, type Movement, mixtureFromLogits, type State, type Weights } from '../../src/index.ts'
import { matrix, vector } from './matrix.ts'

/** The network in its most direct form: nested loops over typed arrays, Math.exp and Math.tanh. */
export class NaiveNetwork {
  readonly #units: number
  readonly #mixtures: number
  readonly #gates: Layer // 3 + H -> 4H
  readonly #head: Layer // H -> 1 + 6M

  constructor({ units, mixtures, tensors }: Weights) {
    this.#units = units
    this.#mixtures = mixtures
    const { inputWeights, recurrentWeights, bias, headWeights, headBias } = tensors
    this.#gates = layer([...matrix(inputWeights), ...matrix(recurrentWeights)], vector(bias))
    this.#head = layer(matrix(headWeights), vector(headBias))
  }

  zeroState(): State {
    return { h: new Float32Array(this.#units), c: new Float32Array(this.#units) }
  }

  update(movement: Movement, state: State): State {
    const H = this.#units
    const x = new Float32Array(3 + H)
    x.set(movement)
    x.set(state.h, 3)
    const gates = apply(this.#gates, x)
    const h = new Float32Array(H)
    const c = new Float32Array(H)
    for (let j = 0; j < H; j++) {
      c[j] = sigmoid(gates[2 * H + j]) * state.c[j] + sigmoid(gates[j]) * Math.tanh(gates[H + j])
      h[j] = sigmoid(gates[3 * H + j]) * Math.tanh(c[j])
    }
    return { h, c }
  }

  pdf({ h }: State): Mixture {
    return mixtureFromLogits(apply(this.#head, h), this.#mixtures)
  }
}

interface Layer {
  rows: Float32Array // (outputs, inputs): a dot product reads sequentially
  bias: Float32Array
}

function layer(weights: number[][], bias: number[]): Layer {
  const rows = Float32Array.from(bias.flatMap((_, row) => weights.map((column) => column[row])))
  return { rows, bias: new Float32Array(bias) }
}

function apply({ rows, bias }: Layer, x: Float32Array): Float64Array {
  const y = new Float64Array(bias.length)
  for (let row = 0; row < y.length; row++) {
    let sum = bias[row]
    for (let k = 0; k < x.length; k++) sum += rows[row * x.length + k] * x[k]
    y[row] = sum
  }
  return y
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
