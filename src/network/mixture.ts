import { exp, log, sigmoid, tanh } from '../math/elementary.ts'
import type { Random } from '../math/random.ts'
import type { Movement } from '../paper/movement.ts'

/**
 * What the network expects next: M bivariate normal distributions, mixed, over the movement, and the probability that
 * the pen is lifted after it (Bishop 1994; Graves 2013, equations 15 to 25). In model units.
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

// Beyond these a density is no longer finite in float32 and float64.
const SIGMA_LOGIT_LIMIT = 20
const RHO_LIMIT = 1 - 1e-6

/** The number of logits that describe M components: eos, then pi, mu1, mu2, sigma1, sigma2, rho. */
export function logitCount(mixtures: number): number {
  return 1 + 6 * mixtures
}

/** @param logits (≥ 1 + 6M): eos sigmoid, pi softmax, mu as it is, sigma exp, rho tanh */
export function mixtureFromLogits(logits: Float64Array, mixtures: number): Mixture {
  const M = mixtures
  const mixture = mixtureOver(new Float32Array(6 * M).buffer, M, logits[0])
  softmax(logits, 1, mixture.pi)
  const means = 1 + M
  const sigmas = 1 + 3 * M
  const rhos = 1 + 5 * M
  const { mu1, mu2, sigma1, sigma2, rho } = mixture
  for (let k = 0; k < M; k++) {
    mu1[k] = logits[means + k]
    mu2[k] = logits[means + M + k]
    sigma1[k] = exp(clamp(logits[sigmas + k], SIGMA_LOGIT_LIMIT))
    sigma2[k] = exp(clamp(logits[sigmas + M + k], SIGMA_LOGIT_LIMIT))
    rho[k] = clamp(tanh(logits[rhos + k]), RHO_LIMIT)
  }
  return mixture
}

/**
 * The mixture at a temperature T: pi ∝ pi^(1/T), each sigma times T, eos untouched. Below 1 the network is surer of
 * itself than it was trained to be, above 1 less so. T = 0 is the limit: all weight on the most likely component, and no
 * spread. RangeError unless T is finite and ≥ 0.
 */
export function temper(mixture: Mixture, temperature: number): Mixture {
  checkTemperature(temperature)
  const scale = (sigma: number) => sigma * temperature
  return {
    ...mixture,
    pi: temperedWeights(mixture.pi, temperature, new Float32Array(mixture.pi.length)),
    sigma1: mixture.sigma1.map(scale),
    sigma2: mixture.sigma2.map(scale),
  }
}

/**
 * A movement drawn from the mixture at a temperature T ≥ 0 (see `temper`), in model units.
 * It takes four uniform numbers from `random`, whatever the outcome: two hands with one seed tremble alike.
 */
export function sampleMixture(mixture: Mixture, temperature: number, random: Random): Movement {
  checkTemperature(temperature)
  const { pi, mu1, mu2, sigma1, sigma2, rho, eos } = mixture
  if (shares.length !== pi.length) shares = new Float32Array(pi.length)
  const k = random.categorical(temperedWeights(pi, temperature, shares))
  return sampleComponent(mu1[k], mu2[k], sigma1[k] * temperature, sigma2[k] * temperature, rho[k], eos, random)
}

/**
 * As `sampleMixture(mixtureFromLogits(logits, M), …)`, for bundles of paths: of all components only the one that is drawn
 * is calculated.
 */
export function sampleLogits(
  logits: ArrayLike<number>,
  mixtures: number,
  temperature: number,
  random: Random,
): Movement {
  checkTemperature(temperature)
  const M = mixtures
  let likeliest = 0
  for (let k = 1; k < M; k++) if (logits[1 + k] > logits[1 + likeliest]) likeliest = k
  const weights = new Float64Array(M)
  if (temperature === 0) weights[likeliest] = 1
  else for (let k = 0; k < M; k++) weights[k] = exp((logits[1 + k] - logits[1 + likeliest]) / temperature)
  const k = 1 + random.categorical(weights)
  const sigma1 = exp(clamp(logits[3 * M + k], SIGMA_LOGIT_LIMIT)) * temperature
  const sigma2 = exp(clamp(logits[4 * M + k], SIGMA_LOGIT_LIMIT)) * temperature
  const rho = clamp(tanh(logits[5 * M + k]), RHO_LIMIT)
  return sampleComponent(logits[M + k], logits[2 * M + k], sigma1, sigma2, rho, sigmoid(logits[0]), random)
}

/**
 * A mixture whose parts lie in one piece of memory, which is made faster than six.
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
  const across = rho * u + Math.sqrt(1 - rho * rho) * v // correlated with u, and of variance 1
  return [mu1 + sigma1 * u, mu2 + sigma2 * across, lifted ? 1 : 0]
}

/** The probability density at a movement, per square model unit; Graves 2013, equations 23 to 25. Sigmas must be > 0. */
export function density(mixture: Mixture, dx: number, dy: number): number {
  return exp(logDensity(mixture, dx, dy))
}

/** The negative log-likelihood of a movement, in nats: −log density − log P(pen); Graves 2013, equation 26. Sigmas must be > 0. */
export function nll(mixture: Mixture, [dx, dy, pen]: Readonly<Movement>): number {
  const penProbability = pen > 0.5 ? mixture.eos : 1 - mixture.eos
  return -logDensity(mixture, dx, dy) - log(Math.max(penProbability, Number.MIN_VALUE))
}

/** log Σ pi N(dx, dy), by the largest term first, so that far away it is very negative instead of log 0. */
function logDensity(mixture: Mixture, dx: number, dy: number): number {
  const { pi, mu1, mu2, sigma1, sigma2, rho } = mixture
  const terms = new Float64Array(pi.length)
  for (let k = 0; k < pi.length; k++) {
    const s1 = sigma1[k]
    const s2 = sigma2[k]
    const r = rho[k]
    const a = (dx - mu1[k]) / s1
    const b = (dy - mu2[k]) / s2
    const free = 1 - r * r // the share of the variance that the other axis leaves unexplained
    const beside = b - r * a // b without what a says of it: a sum of squares keeps its digits when |rho| is near 1
    const square = a * a + (beside * beside) / free
    terms[k] = log(pi[k]) - square / 2 - log(2 * Math.PI * s1 * s2) - log(free) / 2
  }
  const largest = Math.max(...terms)
  if (largest === Number.NEGATIVE_INFINITY) return largest
  let sum = 0
  for (const term of terms) sum += exp(term - largest)
  return largest + log(sum)
}

// scratch: a new array takes as long as six exponentials
let powers = new Float64Array(64)
let shares = new Float32Array(0)

/** @param logits as many as there are weights, from a place on; @param weights written */
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
 * pi^(1/T), normalised, from logarithms: at low T the powers themselves would all underflow to zero.
 * @param weights (M), written, unless pi itself is what comes out
 */
function temperedWeights(pi: Float32Array, temperature: number, weights: Float32Array): Float32Array {
  const likeliest = argmax(pi)
  if (temperature === 1 || !(pi[likeliest] > 0)) return pi // weights that underflowed have no powers
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

/** Throws a TypeError unless it is a number, a RangeError unless that is finite and ≥ 0. */
export function checkTemperature(temperature: number): void {
  if (typeof temperature !== 'number')
    throw new TypeError(`Expected temperature to be a number of at least 0, got ${String(temperature)}.`)
  if (!(temperature >= 0 && temperature < Number.POSITIVE_INFINITY))
    throw new RangeError(`Expected temperature to be a finite number of at least 0, got ${temperature}.`)
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit)
}
