import { log, sigmoid } from '../math/elementary.ts'
import type { Movement } from '../math/movement.ts'
import type { Random } from '../math/random.ts'
import { type Component, componentFromLogits, type Mixture, weightsFromLogits } from './mixture.ts'
import { type Temperature, temperatureParts } from './temperature.ts'

/**
 * Applies a temperature T to a mixture: pi ∝ pi^(1/T), sigma times T, eos unchanged. Below 1 the network is more certain
 * than its training data, above 1 less. T = 0 is the limit: all weight on the most likely component, no spread.
 * @throws RangeError unless T is finite and ≥ 0
 */
export function temper(mixture: Mixture, temperature: Temperature): Mixture {
  const { spread, choice } = temperatureParts(temperature)
  const scale = (sigma: number) => sigma * spread
  return {
    ...mixture,
    pi: temperedWeights(mixture.pi, choice),
    sigma1: mixture.sigma1.map(scale),
    sigma2: mixture.sigma2.map(scale),
  }
}

/**
 * Samples a movement from the mixture at a temperature (see `temper`), in model units.
 * Takes four uniform numbers from `random`, whatever the outcome, so that two drawings with one seed stay in step.
 */
export function sampleMixture(mixture: Mixture, temperature: Temperature, random: Random): Movement {
  const { spread, choice } = temperatureParts(temperature)
  const { pi, mu1, mu2, sigma1, sigma2, rho, eos } = mixture
  const k = random.categorical(temperedWeights(pi, choice))
  const component = { mu1: mu1[k], mu2: mu2[k], sigma1: sigma1[k], sigma2: sigma2[k], rho: rho[k] }
  return sampleComponent(component, eos, spread, random)
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
  const { spread, choice } = temperatureParts(temperature)
  const k = random.categorical(weightsFromLogits(logits, 1, choice, new Float32Array(mixtures)))
  return sampleComponent(componentFromLogits(logits, mixtures, k), sigmoid(logits[0]), spread, random)
}

/** Returns pi^(1/T), normalized: computed from logarithms, because at low T all the powers would underflow to zero. */
function temperedWeights(pi: Float32Array, choice: number): Float32Array {
  if (choice === 1 || !pi.some((weight) => weight > 0)) return pi // all weights underflowed: nothing to sharpen
  const logits = new Float64Array(pi.length)
  for (let k = 0; k < pi.length; k++) logits[k] = log(pi[k])
  return weightsFromLogits(logits, 0, choice, new Float32Array(pi.length))
}

/** Samples a movement from one component, its sigmas times `spread`. */
function sampleComponent(component: Component, eos: number, spread: number, random: Random): Movement {
  const { mu1, mu2, sigma1, sigma2, rho } = component
  const [u, v] = random.normalPair()
  const lifted = random.uniform() < eos
  const w = rho * u + Math.sqrt(1 - rho * rho) * v // variance 1, correlation rho with u
  return [mu1 + sigma1 * spread * u, mu2 + sigma2 * spread * w, lifted ? 1 : 0]
}
