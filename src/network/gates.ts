import { timesPowerOfTwo } from '../math/elementary.ts'
import { ROUNDING } from '../math/rounding.ts'

// What an LSTM does with the logits of its four gates. The WebAssembly kernel does the same operations in the same order,
// two units at a time: this is where most of a step's time would go after the product, so exponentials are no better than
// a float32 needs, and quotients are brought to a common denominator, since a division takes as long as ten additions.

/** c' = σ(f) c + σ(i) tanh(g), error below 1e-8 × (1 + |c|). */
export function cellState(i: number, g: number, f: number, before: number): number {
  const ofF = 1 + power(-f)
  const ofI = 1 + power(-i)
  const twice = power(g + g)
  const both = ofI * (twice + 1)
  return (before * both + (twice - 1) * ofF) / (ofF * both)
}

/** h' = σ(o) tanh(c'), in −1…1, error below 1e-8. */
export function hiddenState(o: number, cell: number): number {
  const twice = power(cell + cell)
  return (twice - 1) / ((1 + power(-o)) * (twice + 1))
}

const LIMIT = 40 // where σ and tanh are 0 and 1 to 17 digits, and products of three powers are still far from the largest

/** e to the power of x, relative error below 6e-9, for |x| up to LIMIT and as there beyond: 2^k e^(r ln 2), |r| ≤ ½. */
function power(x: number): number {
  const within = x > LIMIT ? LIMIT : x < -LIMIT ? -LIMIT : x
  const y = within * Math.LOG2E
  const k = y + ROUNDING - ROUNDING
  const r = y - k
  const q = r * r
  // (ln 2)ⁿ / n!, in pairs that need not wait for each other
  const first = 1 + r * Math.LN2
  const second = 0.24022650695910072 + r * 0.05550410866482158
  const third = 0.009618129107628477 + r * 0.0013333558146428441
  const fourth = 0.0001540353039338161 + r * 0.000015252733804059838
  return timesPowerOfTwo(first + q * second + q * q * (third + q * fourth), k)
}
