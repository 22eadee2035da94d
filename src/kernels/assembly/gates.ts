import { PER_LN2, ROUNDING, timesPowerOfTwo, two } from './float64'

/**
 * Computes c' = σ(f) c + σ(i) tanh(g) and h' = σ(o) tanh(c') on the grid of 2⁻²³, with the same operations as network/gates.ts.
 * All powers of a gate are computed in one loop, because a short loop keeps its constants in registers.
 * @param gates float64 (4, units), in the order i, g, f, o
 * @param c, nextC, nextH float32 (units, rounded up to 2)
 * @param powers float64 (4, units, rounded up to 2), scratch
 */
export function activate(gates: usize, units: i32, c: usize, nextC: usize, nextH: usize, powers: usize): void {
  const gate: usize = units << 3
  const stride: usize = (gate + 15) & ~15
  power(gates, powers, stride, OF_SIGMOID)
  power(gates + gate, powers + stride, stride, OF_TANH)
  power(gates + 2 * gate, powers + 2 * stride, stride, OF_SIGMOID)
  power(gates + 3 * gate, powers + 3 * stride, stride, OF_SIGMOID)
  const one = f64x2.splat(1.0)
  for (let j: usize = 0; j < stride; j += 16) {
    const at = powers + j
    const exp2g = v128.load(at + stride)
    const onePlusF = f64x2.add(one, v128.load(at + 2 * stride))
    const onePlusI = f64x2.add(one, v128.load(at))
    const shared = f64x2.mul(onePlusI, f64x2.add(exp2g, one))
    const kept = f64x2.mul(two(c + (j >> 1)), shared)
    const sum = f64x2.add(kept, f64x2.mul(f64x2.sub(exp2g, one), onePlusF))
    const cell = f64x2.div(sum, f64x2.mul(onePlusF, shared))
    v128.store64_lane(nextC + (j >> 1), f32x4.demote_f64x2_zero(cell), 0)
    v128.store(at, cell)
  }
  power(powers, powers, stride, OF_TANH)
  for (let j: usize = 0; j < stride; j += 16) {
    const at = powers + j
    const exp2c = v128.load(at)
    const denominator = f64x2.mul(f64x2.add(one, v128.load(at + 3 * stride)), f64x2.add(exp2c, one))
    const scaled = f64x2.mul(f64x2.div(f64x2.sub(exp2c, one), denominator), f64x2.splat(8388608.0))
    const whole = f64x2.sub(f64x2.add(scaled, f64x2.splat(ROUNDING)), f64x2.splat(ROUNDING))
    const hidden = f64x2.mul(whole, f64x2.splat(1.0 / 8388608.0))
    v128.store64_lane(nextH + (j >> 1), f32x4.demote_f64x2_zero(hidden), 0)
  }
}

// Constants of `power`. Loaded before its loop, they stay in registers; compilers would materialize literals and arguments
// again for every pair, which took half of its time.
const SERIES = memory.data<f64>([
  0.6931471805599453, // ln 2
  0.24022650695910072, // (ln 2)ⁿ / n! for n = 2…6
  0.05550410866482158,
  0.009618129107628477,
  0.0013333558146428441,
  0.0001540353039338161,
  0.000015252733804059838, // and 7
  1.0,
  ROUNDING,
])
// factor, limit, −limit
const OF_SIGMOID = memory.data<f64>([-PER_LN2, 40.0, -40.0])
const OF_TANH = memory.data<f64>([2.0 * PER_LN2, 20.0, -20.0])

/**
 * Computes 2 to the power of factor × x, with x clamped to ±limit.
 * @param x, out float64; two numbers past the end of x are read
 * @param bytes of each, a multiple of 16
 * @param kind float64 (3): factor, limit, −limit
 */
function power(x: usize, out: usize, bytes: usize, kind: usize): void {
  const factor = v128.load64_splat(kind)
  const most = v128.load64_splat(kind, 8)
  const least = v128.load64_splat(kind, 16)
  const c1 = v128.load64_splat(SERIES)
  const c2 = v128.load64_splat(SERIES, 8)
  const c3 = v128.load64_splat(SERIES, 16)
  const c4 = v128.load64_splat(SERIES, 24)
  const c5 = v128.load64_splat(SERIES, 32)
  const c6 = v128.load64_splat(SERIES, 40)
  const c7 = v128.load64_splat(SERIES, 48)
  const one = v128.load64_splat(SERIES, 56)
  const rounding = v128.load64_splat(SERIES, 64)
  const end = x + bytes
  let y = exponent(x, factor, most, least)
  for (; x < end; x += 16, out += 16) {
    // Start the next two before these are done: processors look ahead only two or three iterations.
    const next = exponent(x + 16, factor, most, least)
    const shifted = f64x2.add(y, rounding) // the integer part is now in the lowest bits
    const r = f64x2.sub(y, f64x2.sub(shifted, rounding))
    const q = f64x2.mul(r, r)
    const first = f64x2.add(one, f64x2.mul(r, c1))
    const second = f64x2.add(c2, f64x2.mul(r, c3))
    const third = f64x2.add(c4, f64x2.mul(r, c5))
    const fourth = f64x2.add(c6, f64x2.mul(r, c7))
    const lower = f64x2.add(first, f64x2.mul(q, second))
    const upper = f64x2.add(third, f64x2.mul(q, fourth))
    const series = f64x2.add(lower, f64x2.mul(f64x2.mul(q, q), upper))
    v128.store(out, timesPowerOfTwo(series, shifted))
    y = next
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function exponent(x: usize, factor: v128, most: v128, least: v128): v128 {
  return f64x2.mul(f64x2.pmax(f64x2.pmin(v128.load(x), most), least), factor)
}
