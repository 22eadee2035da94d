// Decodes the logits of the head with the same operations as `mixtureFromLogits` in network/mixture.ts.

import { PER_LN2, ROUNDING, timesPowerOfTwo } from './float64'

/**
 * Applies softmax to pi, exp to the sigmas, and tanh to rho, in place. The means do not change.
 * @param logits float64 (1 + 6M, and one more as scratch): eos, pi, mu1, mu2, sigma1, sigma2, rho. If M is odd, eos is
 *   overwritten.
 * @param components M
 */
export function mixture(logits: usize, components: i32): void {
  const part: usize = components << 3
  const pi = logits + 8
  const mu = pi + part
  let largest = f64.load(pi)
  for (let at = pi; at < mu; at += 8) largest = max(largest, f64.load(at))
  exponentials(pi - (part & 8), mu, 1.0, largest, 708.0)
  let total = 0.0
  for (let at = pi; at < mu; at += 8) total += f64.load(at)
  for (let at = pi; at < mu; at += 8) f64.store(at, f64.load(at) / total)

  const sigma = mu + 2 * part
  const rho = sigma + 2 * part
  exponentials(sigma, rho, 1.0, 0.0, 20.0)

  const end = rho + part
  exponentials(rho, end, 2.0, 0.0, 708.0)
  for (let at = rho; at < end; at += 8)
    f64.store(at, max(min(1.0 - 2.0 / (f64.load(at) + 1.0), 0.999999), -0.999999))
}

// as in math/elementary.ts
const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 1.9082149292705877e-10
const SERIES = memory.data<f64>([
  // 1 / n! for n = 11…0
  1.0 / 39916800.0,
  1.0 / 3628800.0,
  1.0 / 362880.0,
  1.0 / 40320.0,
  1.0 / 5040.0,
  1.0 / 720.0,
  1.0 / 120.0,
  1.0 / 24.0,
  1.0 / 6.0,
  0.5,
  1.0,
  1.0,
])

/**
 * Computes e to the power of factor × x − shift, clamped to ±limit, in place, two at a time.
 * @param x float64
 * @param limit at most 708
 */
function exponentials(x: usize, end: usize, factor: f64, shift: f64, limit: f64): void {
  const factors = f64x2.splat(factor)
  const shifts = f64x2.splat(shift)
  const most = f64x2.splat(limit)
  const least = f64x2.neg(most)
  for (; x < end; x += 16) {
    const shifted = f64x2.sub(f64x2.mul(v128.load(x), factors), shifts)
    const within = f64x2.pmin(f64x2.pmax(shifted, least), most)
    const k = f64x2.floor(f64x2.add(f64x2.mul(within, f64x2.splat(PER_LN2)), f64x2.splat(0.5)))
    const r = f64x2.sub(f64x2.sub(within, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)))
    let series = v128.load64_splat(SERIES)
    for (let n = SERIES + 8; n < SERIES + 96; n += 8) series = f64x2.add(v128.load64_splat(n), f64x2.mul(r, series))
    v128.store(x, timesPowerOfTwo(series, f64x2.add(k, f64x2.splat(ROUNDING))))
  }
}
