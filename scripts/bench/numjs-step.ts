import nj, { type NdArray } from 'numjs'
import type { Movement, Random, Weights } from '../../src/index.ts'
import { matrix, vector } from './matrix.ts'

export interface NumjsState {
  h: NdArray
  c: NdArray
}

export interface NumjsMixture {
  eos: number
  pi: NdArray
  mu1: NdArray
  mu2: NdArray
  sigma1: NdArray
  sigma2: NdArray
  rho: NdArray
}

export type NumjsType = 'array' | 'float32'

/** The parameters as numjs arrays. */
export interface NumjsArrays {
  inputWeights: NdArray // (3, 4H), gates i g f o
  recurrentWeights: NdArray // (H, 4H)
  bias: NdArray // (4H), without the forget bias
  headWeights: NdArray // (H, 1 + 6M)
  headBias: NdArray // (1 + 6M)
}

/** Added to the forget gates at every step by the tutorial; longhand's weights include it in their bias. */
export const FORGET_BIAS = 1

/** Returns the bias (4H) as the tutorial stores it. */
export function biasWithoutForget({ units, tensors }: Weights): number[] {
  return vector(tensors.bias).map((value, j) => (Math.floor(j / units) === 2 ? value - FORGET_BIAS : value))
}

/**
 * The same network in the idiom of an array library: concatenate, dot, slice, and one call per operation on whole
 * vectors. Written from the equations (Graves 2013); this is the baseline of the benchmark. As in the 2016 tutorial, the
 * two matrices are joined once as transposes, the operations have the same order and number, and arrays are plain
 * JavaScript arrays, the default type of numjs.
 */
export class NumjsNetwork {
  readonly #dtype: NumjsType
  readonly #units: number
  readonly #mixtures: number
  readonly #weights: NdArray // (3 + H, 4H)
  readonly #bias: NdArray // (4H)
  readonly #headWeights: NdArray // (H, 1 + 6M)
  readonly #headBias: NdArray // (1 + 6M)

  constructor(arrays: NumjsArrays, dtype: NumjsType = 'array') {
    this.#dtype = dtype
    this.#units = arrays.recurrentWeights.shape[0]
    this.#mixtures = (arrays.headBias.shape[0] - 1) / 6
    this.#weights = nj.concatenate(arrays.inputWeights.T, arrays.recurrentWeights.T).T
    this.#bias = arrays.bias
    this.#headWeights = arrays.headWeights
    this.#headBias = arrays.headBias
  }

  static from(weights: Weights, dtype: NumjsType = 'array'): NumjsNetwork {
    const { tensors } = weights
    const arrays = {
      inputWeights: nj.array(matrix(tensors.inputWeights), dtype),
      recurrentWeights: nj.array(matrix(tensors.recurrentWeights), dtype),
      bias: nj.array(biasWithoutForget(weights), dtype),
      headWeights: nj.array(matrix(tensors.headWeights), dtype),
      headBias: nj.array(vector(tensors.headBias), dtype),
    }
    return new NumjsNetwork(arrays, dtype)
  }

  zeroState(): NumjsState {
    return { h: nj.zeros(this.#units, this.#dtype), c: nj.zeros(this.#units, this.#dtype) }
  }

  update(movement: Movement, { h, c }: NumjsState): NumjsState {
    const H = this.#units
    const x = nj.zeros(3, this.#dtype)
    for (let k = 0; k < 3; k++) x.set(k, movement[k])
    const gates = nj.add(nj.dot(nj.concatenate(x, h), this.#weights), this.#bias)
    const i = nj.sigmoid(gates.slice([0, H]))
    const g = nj.tanh(gates.slice([H, 2 * H]))
    const f = nj.sigmoid(nj.add(gates.slice([2 * H, 3 * H]), FORGET_BIAS))
    const o = nj.sigmoid(gates.slice([3 * H, 4 * H]))
    // numjs copies the first factor together with the whole array that it is a slice of.
    const newC = nj.add(nj.multiply(c, f), nj.multiply(g, i))
    const newH = nj.multiply(nj.tanh(newC), o)
    return { h: newH, c: newC }
  }

  pdf({ h }: NumjsState): NumjsMixture {
    const M = this.#mixtures
    const logits = nj.add(nj.dot(h, this.#headWeights), this.#headBias)
    const part = (n: number) => logits.slice([1 + n * M, 1 + (n + 1) * M])
    const pi = part(0)
    return {
      eos: nj.sigmoid(logits.slice([0, 1])).get(0),
      pi: nj.softmax(nj.subtract(pi, pi.max())),
      mu1: part(1),
      mu2: part(2),
      sigma1: nj.exp(part(3)),
      sigma2: nj.exp(part(4)),
      rho: nj.tanh(part(5)),
    }
  }

  /** Draws from `random` in the same order as longhand's `sample`, so that both give the same movements. */
  sample({ eos, pi, mu1, mu2, sigma1, sigma2, rho }: NumjsMixture, temperature: number, random: Random): Movement {
    const k = random.categorical(temper(pi, temperature).tolist())
    const [u, v] = random.normalPair()
    const lifted = random.uniform() < eos
    const r = rho.get(k)
    const dx = mu1.get(k) + sigma1.get(k) * temperature * u
    const dy = mu2.get(k) + sigma2.get(k) * temperature * (r * u + Math.sqrt(1 - r * r) * v)
    return [dx, dy, lifted ? 1 : 0]
  }
}

/** Computes pi^(1/T), normalized; overwrites `pi`, element by element, as the tutorial does. */
function temper(pi: NdArray, temperature: number): NdArray {
  for (let k = pi.shape[0] - 1; k >= 0; k--) pi.set(k, Math.log(pi.get(k)) / temperature)
  const powers = nj.exp(nj.subtract(pi, pi.max()))
  return nj.divide(powers, powers.sum())
}
