import { exp, sigmoid, tanh } from '../math/elementary.ts'

/**
 * The distribution of the next movement: a mixture of M bivariate normal distributions over (dx, dy), and the probability
 * that the pen is lifted afterward. In model units. Bishop 1994; Graves 2013, equations 15 to 25.
 */
export interface Mixture {
  /** mixture weights, (M), ≥ 0, sum 1 */
  readonly pi: Float32Array
  /** means of dx and dy, (M) */
  readonly mu1: Float32Array
  readonly mu2: Float32Array
  /** standard deviations of dx and dy, (M), > 0 */
  readonly sigma1: Float32Array
  readonly sigma2: Float32Array
  /** correlations of dx and dy, (M), within ±RHO_LIMIT */
  readonly rho: Float32Array
  /** end of stroke: the probability that the pen is lifted after this movement, 0…1 */
  readonly eos: number
}

/** One bivariate normal distribution of a mixture: means, standard deviations, and correlation of dx and dy. */
export interface Component {
  readonly mu1: number
  readonly mu2: number
  readonly sigma1: number
  readonly sigma2: number
  readonly rho: number
}

// Beyond these limits a density is no longer finite in float32 and float64.
const SIGMA_LOGIT_LIMIT = 20
const RHO_LIMIT = 1 - 1e-6

/**
 * Decodes the output of the head.
 * @param logits (≥ 1 + 6M): eos sigmoid, pi softmax, mu unchanged, sigma exp, rho tanh
 */
export function mixtureFromLogits(logits: ArrayLike<number>, mixtures: number): Mixture {
  const mixture = mixtureOver(new Float32Array(6 * mixtures).buffer, mixtures, logits[0])
  weightsFromLogits(logits, 1, 1, mixture.pi)
  for (let k = 0; k < mixtures; k++) {
    const { mu1, mu2, sigma1, sigma2, rho } = componentFromLogits(logits, mixtures, k)
    mixture.mu1[k] = mu1
    mixture.mu2[k] = mu2
    mixture.sigma1[k] = sigma1
    mixture.sigma2[k] = sigma2
    mixture.rho[k] = rho
  }
  return mixture
}

/** Decodes component k alone. @param logits (≥ 1 + 6M) */
export function componentFromLogits(logits: ArrayLike<number>, mixtures: number, k: number): Component {
  const at = 1 + k
  return {
    mu1: logits[at + mixtures],
    mu2: logits[at + 2 * mixtures],
    sigma1: exp(clamp(logits[at + 3 * mixtures], SIGMA_LOGIT_LIMIT)),
    sigma2: exp(clamp(logits[at + 4 * mixtures], SIGMA_LOGIT_LIMIT)),
    rho: clamp(tanh(logits[at + 5 * mixtures]), RHO_LIMIT),
  }
}

/**
 * Computes mixture weights at a temperature T of the choice: pi = softmax(logits / T). T = 0 is the limit: 1 for the largest
 * logit, 0 for the others.
 * @param logits read from index `from` on
 * @param weights (M), written and returned
 */
export function weightsFromLogits(
  logits: ArrayLike<number>,
  from: number,
  choice: number,
  weights: Float32Array,
): Float32Array {
  const M = weights.length
  let likeliest = from
  for (let k = from + 1; k < from + M; k++) if (logits[k] > logits[likeliest]) likeliest = k
  const largest = logits[likeliest] // factored out: its power is 1, so the sum neither overflows nor vanishes
  if (choice === 0) {
    weights.fill(0)[likeliest - from] = 1
    return weights
  }
  const powers = new Float64Array(M)
  let total = 0
  for (let k = 0; k < M; k++) {
    powers[k] = exp((logits[from + k] - largest) / choice)
    total += powers[k]
  }
  for (let k = 0; k < M; k++) weights[k] = powers[k] / total
  return weights
}

/**
 * Creates a mixture whose six arrays share one buffer, which is faster to allocate than six.
 * @param buffer float32 (6M): pi, mu1, mu2, sigma1, sigma2, rho
 */
export function mixtureOver(buffer: ArrayBuffer, mixtures: number, eosLogit: number): Mixture {
  const part = (n: number) => new Float32Array(buffer, 4 * n * mixtures, mixtures)
  return {
    pi: part(0),
    mu1: part(1),
    mu2: part(2),
    sigma1: part(3),
    sigma2: part(4),
    rho: part(5),
    eos: sigmoid(eosLogit),
  }
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit)
}
