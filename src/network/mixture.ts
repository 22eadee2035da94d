import { exp, log, sigmoid, tanh } from '../math/elementary.ts'
import type { Random } from '../math/random.ts'
import type { Movement } from '../paper/movement.ts'
import { checkTemperature, type Temperature, temperatureParts } from './temperature.ts'

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

// Beyond these limits a density is no longer finite in float32 and float64.
const SIGMA_LOGIT_LIMIT = 20
const RHO_LIMIT = 1 - 1e-6

/** The number of logits of M components: eos, then pi, mu1, mu2, sigma1, sigma2, rho. */
export function logitCount(mixtures: number): number {
  return 1 + 6 * mixtures
}

/**
 * Decodes the output of the head.
 * @param logits (≥ 1 + 6M): eos sigmoid, pi softmax, mu unchanged, sigma exp, rho tanh
 */
export function mixtureFromLogits(logits: Float64Array, mixtures: number): Mixture {
  const M = mixtures
  const mixture = mixtureOver(new Float32Array(6 * M).buffer, M, logits[0])
  softmax(logits, 1, mixture.pi)
  const { mu1, mu2, sigma1, sigma2, rho } = mixture
  for (let k = 0; k < M; k++) {
    mu1[k] = logits[1 + M + k]
    mu2[k] = logits[1 + 2 * M + k]
    sigma1[k] = sigmaFromLogit(logits[1 + 3 * M + k])
    sigma2[k] = sigmaFromLogit(logits[1 + 4 * M + k])
    rho[k] = rhoFromLogit(logits[1 + 5 * M + k])
  }
  return mixture
}

function sigmaFromLogit(logit: number): number {
  return exp(clamp(logit, SIGMA_LOGIT_LIMIT))
}

function rhoFromLogit(logit: number): number {
  return clamp(tanh(logit), RHO_LIMIT)
}

/**
 * Applies a temperature T to a mixture: pi ∝ pi^(1/T), sigma times T, eos unchanged. Below 1 the network is more certain
 * than its training data, above 1 less. T = 0 is the limit: all weight on the most likely component, no spread.
 * @throws RangeError unless T is finite and ≥ 0
 */
export function temper(mixture: Mixture, temperature: Temperature): Mixture {
  checkTemperature(temperature)
  const { spread, choice } = temperatureParts(temperature)
  const scale = (sigma: number) => sigma * spread
  return {
    ...mixture,
    pi: temperedWeights(mixture.pi, choice, new Float32Array(mixture.pi.length)),
    sigma1: mixture.sigma1.map(scale),
    sigma2: mixture.sigma2.map(scale),
  }
}

/**
 * Samples a movement from the mixture at a temperature (see `temper`), in model units.
 * Takes four uniform numbers from `random`, whatever the outcome, so that two drawings with one seed stay in step.
 */
export function sampleMixture(mixture: Mixture, temperature: Temperature, random: Random): Movement {
  checkTemperature(temperature)
  const { spread, choice } = temperatureParts(temperature)
  const { pi, mu1, mu2, sigma1, sigma2, rho, eos } = mixture
  if (shares.length !== pi.length) shares = new Float32Array(pi.length)
  const k = random.categorical(temperedWeights(pi, choice, shares))
  return sampleComponent(mu1[k], mu2[k], sigma1[k] * spread, sigma2[k] * spread, rho[k], eos, random)
}

/**
 * Does the same as `sampleMixture(mixtureFromLogits(logits, M), …)`, but decodes only the sampled component, which makes
 * bundles of paths faster.
 */
export function sampleLogits(
  logits: ArrayLike<number>,
  mixtures: number,
  temperature: Temperature,
  random: Random,
): Movement {
  checkTemperature(temperature)
  const { spread, choice } = temperatureParts(temperature)
  const M = mixtures
  let likeliest = 0
  for (let k = 1; k < M; k++) if (logits[1 + k] > logits[1 + likeliest]) likeliest = k
  const weights = new Float64Array(M)
  if (choice === 0) weights[likeliest] = 1
  else for (let k = 0; k < M; k++) weights[k] = exp((logits[1 + k] - logits[1 + likeliest]) / choice)
  const k = 1 + random.categorical(weights)
  const sigma1 = sigmaFromLogit(logits[3 * M + k]) * spread
  const sigma2 = sigmaFromLogit(logits[4 * M + k]) * spread
  const rho = rhoFromLogit(logits[5 * M + k])
  return sampleComponent(logits[M + k], logits[2 * M + k], sigma1, sigma2, rho, sigmoid(logits[0]), random)
}

/**
 * Creates a mixture whose six arrays share one buffer, which is faster to allocate than six.
 * @param buffer float32 (6M): pi, mu1, mu2, sigma1, sigma2, rho
 */
export function mixtureOver(buffer: ArrayBuffer, mixtures: number, eosLogit: number): Mixture {
  return {
    pi: part(buffer, 0, mixtures),
    mu1: part(buffer, 1, mixtures),
    mu2: part(buffer, 2, mixtures),
    sigma1: part(buffer, 3, mixtures),
    sigma2: part(buffer, 4, mixtures),
    rho: part(buffer, 5, mixtures),
    eos: sigmoid(eosLogit),
  }
}

function part(buffer: ArrayBuffer, n: number, mixtures: number): Float32Array {
  return new Float32Array(buffer, 4 * n * mixtures, mixtures)
}

function sampleComponent(
  mu1: number,
  mu2: number,
  sigma1: number,
  sigma2: number,
  rho: number,
  eos: number,
  random: Random,
): Movement {
  const [u, v] = random.normalPair()
  const lifted = random.uniform() < eos
  const w = rho * u + Math.sqrt(1 - rho * rho) * v // variance 1, correlation rho with u
  return [mu1 + sigma1 * u, mu2 + sigma2 * w, lifted ? 1 : 0]
}

/** Returns the probability density of a movement, per square model unit. Sigmas must be > 0. Graves 2013, equations 23 to 25. */
export function density(mixture: Mixture, dx: number, dy: number): number {
  return exp(logDensity(mixture, dx, dy))
}

/** Returns the negative log-likelihood of a movement in nats: −log density − log P(pen). Sigmas must be > 0. Graves 2013, equation 26. */
export function nll(mixture: Mixture, [dx, dy, pen]: Readonly<Movement>): number {
  const penProbability = pen > 0.5 ? mixture.eos : 1 - mixture.eos
  return -logDensity(mixture, dx, dy) - log(Math.max(penProbability, Number.MIN_VALUE))
}

/** log Σ pi N(dx, dy), factoring out the largest term: far from all means the result stays finite instead of log 0. */
function logDensity(mixture: Mixture, dx: number, dy: number): number {
  const { pi, mu1, mu2, sigma1, sigma2, rho } = mixture
  const terms = new Float64Array(pi.length)
  for (let k = 0; k < pi.length; k++) {
    const s1 = sigma1[k]
    const s2 = sigma2[k]
    const r = rho[k]
    const a = (dx - mu1[k]) / s1
    const b = (dy - mu2[k]) / s2
    const free = 1 - r * r // share of the variance not explained by the other axis
    const residual = b - r * a // b without its part predicted by a: no cancellation when |rho| is near 1
    const square = a * a + (residual * residual) / free
    terms[k] = log(pi[k]) - square / 2 - log(2 * Math.PI * s1 * s2) - log(free) / 2
  }
  const largest = Math.max(...terms)
  if (largest === Number.NEGATIVE_INFINITY) return largest
  let sum = 0
  for (const term of terms) sum += exp(term - largest)
  return largest + log(sum)
}

// Scratch arrays: allocating takes as long as six exponentials.
let powers = new Float64Array(64)
let shares = new Float32Array(0)

/** @param logits read from index `from` on; @param weights (M), written */
function softmax(logits: Float64Array, from: number, weights: Float32Array): void {
  const M = weights.length
  if (powers.length < M) powers = new Float64Array(M)
  let largest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < M; k++) if (logits[from + k] > largest) largest = logits[from + k]
  let total = 0
  for (let k = 0; k < M; k++) {
    const power = exp(logits[from + k] - largest)
    powers[k] = power
    total += power
  }
  for (let k = 0; k < M; k++) weights[k] = powers[k] / total
}

/**
 * Returns pi^(1/T), normalized, computed from logarithms because at low T the powers would all underflow to zero.
 * @param weights (M), written, unless the result is pi itself
 */
function temperedWeights(pi: Float32Array, temperature: number, weights: Float32Array): Float32Array {
  const likeliest = argmax(pi)
  if (temperature === 1 || !(pi[likeliest] > 0)) return pi // all weights underflowed: nothing to sharpen
  if (temperature === 0) {
    weights.fill(0)[likeliest] = 1
    return weights
  }
  const largest = log(pi[likeliest])
  if (powers.length < pi.length) powers = new Float64Array(pi.length)
  for (let k = 0; k < pi.length; k++) powers[k] = (log(pi[k]) - largest) / temperature
  softmax(powers, 0, weights)
  return weights
}

function argmax(values: Float32Array): number {
  let best = 0
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k
  return best
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit)
}
