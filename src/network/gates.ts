import { timesPowerOfTwo } from '../math/elementary.ts'
import { ROUNDING } from '../math/rounding.ts'

// The gate functions of an LSTM. The WebAssembly kernel does the same operations in the same order, two units at a time.
// After the matrix product, most of a step's time is spent here, so exponentials are only as accurate as float32 needs, and
// quotients share a denominator: a division takes as long as ten additions.

/** Returns c' = σ(f) c + σ(i) tanh(g), with an error below 1e-8 × (1 + |c|). */
export function cellState(i: number, g: number, f: number, c: number): number {
  const onePlusF = 1 + power(-f) // 1 / σ(f)
  const onePlusI = 1 + power(-i) // 1 / σ(i)
  const exp2g = power(g + g) // tanh g = (exp2g − 1) / (exp2g + 1)
  const shared = onePlusI * (exp2g + 1)
  return (c * shared + (exp2g - 1) * onePlusF) / (onePlusF * shared)
}

/** Returns h' = σ(o) tanh(c'), within ±1, with an error below 1e-8. */
export function hiddenState(o: number, c: number): number {
  const exp2c = power(c + c)
  return (exp2c - 1) / ((1 + power(-o)) * (exp2c + 1))
}

// Here σ and tanh are 0 and 1 to 17 digits, and products of three powers are still far from overflow.
const LIMIT = 40

/** Returns e^x = 2^k e^(r ln 2), |r| ≤ ½, with a relative error below 6e-9. x is clamped to ±LIMIT. */
function power(x: number): number {
  const clamped = x > LIMIT ? LIMIT : x < -LIMIT ? -LIMIT : x
  const y = clamped * Math.LOG2E
  const k = y + ROUNDING - ROUNDING
  const r = y - k
  const q = r * r
  // (ln 2)ⁿ / n!, in independent pairs, which processors compute in parallel
  const first = 1 + r * Math.LN2
  const second = 0.24022650695910072 + r * 0.05550410866482158
  const third = 0.009618129107628477 + r * 0.0013333558146428441
  const fourth = 0.0001540353039338161 + r * 0.000015252733804059838
  return timesPowerOfTwo(first + q * second + q * q * (third + q * fourth), k)
}
