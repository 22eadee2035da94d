import { exp, log } from '../math/elementary.ts'
import type { Movement } from '../math/movement.ts'
import type { Mixture } from './mixture.ts'

/** Returns the probability density of a movement, per square model unit. Sigmas must be > 0. Graves 2013, equations 23 to 25. */
export function density(mixture: Mixture, dx: number, dy: number): number {
  return exp(logDensity(mixture, dx, dy))
}

/** Returns the negative log-likelihood of a movement in nats: −log density − log P(pen). Sigmas must be > 0. Graves 2013, equation 26. */
export function nll(mixture: Mixture, [dx, dy, pen]: Readonly<Movement>): number {
  const penProbability = pen > 0.5 ? mixture.eos : 1 - mixture.eos
  return -logDensity(mixture, dx, dy) - log(Math.max(penProbability, Number.MIN_VALUE))
}

/** Returns log Σ pi N(dx, dy), factoring out the largest term: far from all means the result stays finite instead of log 0. */
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
