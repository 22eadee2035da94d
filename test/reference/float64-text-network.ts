import { type Float64Mixture, type Matrix, matrixOf } from './float64-network.ts'

/** The text network in float64: plain loops, Math.exp, and nothing from src/. The formulas are those of Graves 2013, section 5. */
export interface Float64TextState {
  h1: number[]
  c1: number[]
  h2: number[]
  c2: number[]
  kappa: number[]
  phi: number[] // over the whole text
  seen: number[]
  y: number
}

type Tensors = Record<
  string,
  { dtype: string; shape: readonly number[]; data: ArrayLike<number>; scale?: ArrayLike<number> }
>

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Creates the reference of a text network for one text and one hand. */
export function float64TextNetwork(tensors: Tensors, text: readonly number[], hand: readonly number[]) {
  const matrices: Record<string, Matrix> = {}
  for (const name of Object.keys(tensors)) matrices[name] = matrixOf(tensors[name])
  const H = matrices.r1.rows
  const K = matrices.bp.columns / 3
  const A = matrices.w1.rows
  const M = (matrices.bo.columns - 1) / 6

  /** sum of bias and products, for each output */
  const linear = (bias: string, ...products: [input: readonly number[], weights: string][]) =>
    Array.from({ length: matrices[bias].columns }, (_, j) => {
      let sum = matrices[bias].at(0, j)
      for (const [input, weights] of products)
        for (let k = 0; k < input.length; k++) sum += input[k] * matrices[weights].at(k, j)
      return sum
    })
  const activate = (gates: number[], c: readonly number[]) => {
    const cell = c.map((before, j) => sigmoid(gates[j + 2 * H]) * before + sigmoid(gates[j]) * Math.tanh(gates[j + H]))
    return { c: cell, h: cell.map((value, j) => sigmoid(gates[j + 3 * H]) * Math.tanh(value)) }
  }

  const zeros = () => new Array<number>(H).fill(0)
  const start: Float64TextState = {
    h1: zeros(),
    c1: zeros(),
    h2: zeros(),
    c2: zeros(),
    kappa: new Array(K).fill(-0.5),
    phi: [],
    seen: new Array(A).fill(0),
    y: 0,
  }

  function step([dx, dy, pen]: readonly number[], state: Float64TextState): Float64TextState {
    const y = state.y + dy
    const x = [dx, dy, pen, y / 4]
    const one = activate(linear('b1', [x, 'x1'], [state.seen, 'w1'], [state.h1, 'r1'], [hand, 'c1']), state.c1)
    const parameters = linear('bp', [one.h, 'wp'])
    const kappa = state.kappa.map((before, k) => before + Math.exp(parameters[2 * K + k]))
    const phi = text.map((_, u) =>
      kappa.reduce(
        (sum, position, k) =>
          sum + Math.exp(parameters[k]) * Math.exp(-Math.exp(parameters[K + k]) * (position - u) ** 2),
        0,
      ),
    )
    const seen = new Array<number>(A).fill(0)
    for (const [u, character] of text.entries()) seen[character] += phi[u]
    const two = activate(linear('b2', [x, 'x2'], [seen, 'w2'], [one.h, 'i2'], [state.h2, 'r2'], [hand, 'c2']), state.c2)
    return { h1: one.h, c1: one.c, h2: two.h, c2: two.c, kappa, phi, seen, y }
  }

  function mixture({ h1, h2 }: Float64TextState): Float64Mixture {
    const logits = linear('bo', [[...h1, ...h2], 'wo'])
    const part = (n: number) => logits.slice(1 + n * M, 1 + (n + 1) * M)
    const largest = Math.max(...part(0))
    const powers = part(0).map((logit) => Math.exp(logit - largest))
    const total = powers.reduce((sum, power) => sum + power)
    return {
      eos: sigmoid(logits[0]),
      pi: powers.map((power) => power / total),
      mu1: part(1),
      mu2: part(2),
      sigma1: part(3).map(Math.exp),
      sigma2: part(4).map(Math.exp),
      rho: part(5).map(Math.tanh),
    }
  }

  return { start, step, mixture }
}
