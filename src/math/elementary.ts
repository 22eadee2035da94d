/**
 * exp, log, tanh, sigmoid, and the unit circle, computed only with additions, multiplications, divisions, and square roots.
 *
 * ECMAScript defines the last bit of these four operations but not of Math.exp and similar functions, so a drawing made with
 * Math.exp may differ between browsers. With these functions it is the same everywhere. They are also faster.
 */

const LN2_HIGH = 0.6931471803691238 // the upper 33 bits of ln 2: k × LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10
const LOG2_E = Math.LOG2E

const SMALLEST_EXPONENT = -1022
const POWERS_OF_TWO = powersOfTwo(SMALLEST_EXPONENT, 1023)

function powersOfTwo(from: number, to: number): Float64Array {
  const powers = new Float64Array(to - from + 1)
  for (let k = from, power = 2.2250738585072014e-308; k <= to; k++, power *= 2) powers[k - from] = power
  return powers
}

/** Returns x 2^k, for an integer k in −1022…1023. */
export function timesPowerOfTwo(x: number, k: number): number {
  return x * POWERS_OF_TWO[k - SMALLEST_EXPONENT]
}

/**
 * Returns e^x, with a relative error below 1e-14; 0 below x = −708, and 2¹⁰²³ above 709.
 * x = k ln 2 + r with |r| ≤ ln 2 / 2, the Taylor series of e^r, times 2^k.
 */
export function exp(x: number): number {
  if (x < -708) return 0
  if (x > 709) return POWERS_OF_TWO[POWERS_OF_TWO.length - 1]
  const k = Math.floor(x * LOG2_E + 0.5)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  // biome-ignore format: one line a power shows Horner's scheme
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040
    + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800)))))))))))
  return timesPowerOfTwo(series, k)
}

/** Returns the logistic function 1 / (1 + e^−x), in 0…1, with an absolute error below 5e-15. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x))
}

/** Returns the hyperbolic tangent, in −1…1, with an absolute error below 5e-15. */
export function tanh(x: number): number {
  return 1 - 2 / (exp(2 * x) + 1)
}

// A float32 and its bits: sign, 8 of the exponent, 23 of the fraction.
const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/**
 * Returns the natural logarithm, with an error below 1e-15 × (1 + |log x|); −Infinity for 0, NaN below 0.
 * x = 2^k m with m in √½…√2, and ln m = 2 artanh s with s = (m − 1) / (m + 1).
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  let m = x
  let k = 0
  for (; m < 2 ** -32; k -= 32) m *= 2 ** 32
  for (; m > 2 ** 32; k += 32) m *= 2 ** -32
  float[0] = m
  const exponent = (bits[0] >> 23) - 127 // m > 0: there is no sign bit to mask
  m = timesPowerOfTwo(m, -exponent)
  k += exponent
  if (m > Math.SQRT2) {
    m *= 0.5
    k++
  }
  const s = (m - 1) / (m + 1)
  const q = s * s
  // biome-ignore format: as above
  const artanh = s * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * (1 / 11 + q * (1 / 13 + q * (1 / 15
    + q * (1 / 17 + q * (1 / 19 + q * (1 / 21)))))))))))
  return k * LN2_HIGH + (2 * artanh + k * LN2_LOW)
}

/** Returns the point of the unit circle at a fraction of a turn, 0…1, with an error below 1e-15. */
export function circle(turn: number): [cosine: number, sine: number] {
  const quarter = Math.floor(turn * 4 + 0.5)
  const angle = (turn - quarter / 4) * 2 * Math.PI // |angle| ≤ π / 4
  const q = angle * angle
  // biome-ignore format: as above
  const cosine = 1 - q * (1 / 2 - q * (1 / 24 - q * (1 / 720 - q * (1 / 40320 - q * (1 / 3628800 - q * (1 / 479001600
    - q * (1 / 87178291200)))))))
  // biome-ignore format: as above
  const sine = angle * (1 - q * (1 / 6 - q * (1 / 120 - q * (1 / 5040 - q * (1 / 362880 - q * (1 / 39916800
    - q * (1 / 6227020800 - q * (1 / 1307674368000))))))))
  switch (quarter & 3) {
    case 0:
      return [cosine, sine]
    case 1:
      return [-sine, cosine]
    case 2:
      return [-cosine, -sine]
    default:
      return [sine, -cosine]
  }
}
