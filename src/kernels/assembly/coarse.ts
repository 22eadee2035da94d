// The kernel for pairs of paths that are drawn once and discarded: 16-bit states, two paths in one pass over the weights (where
// the exact kernel has the two digits of one), and float32 gates.

import { biasOf } from './exact'
import { two } from './float64'

/**
 * Converts the hidden states of both paths to fixed point with 15 fractional bits.
 * @param first, second float32 (count)
 * @param digits int16 (count / 2, 4): per pair of inputs both of the first path, then both of the second
 * @param bias as in `split`
 * @param count a multiple of 8
 */
export function coarsen(first: usize, second: usize, digits: usize, bias: usize, count: i32): void {
  const end: usize = first + (count << 2)
  const ones = i16x8.splat(1)
  let sumOfFirst = i32x4.splat(0)
  let sumOfSecond = i32x4.splat(0)
  for (; first < end; first += 32, second += 32, digits += 32) {
    const a = i16x8.narrow_i32x4_s(coarse(first), coarse(first + 16))
    const b = i16x8.narrow_i32x4_s(coarse(second), coarse(second + 16))
    v128.store(digits, i32x4.shuffle(a, b, 0, 4, 1, 5))
    v128.store(digits, i32x4.shuffle(a, b, 2, 6, 3, 7), 16)
    sumOfFirst = i32x4.add(sumOfFirst, i32x4.dot_i16x8_s(a, ones))
    sumOfSecond = i32x4.add(sumOfSecond, i32x4.dot_i16x8_s(b, ones))
  }
  v128.store(bias, biasOf(sumOfFirst))
  v128.store(bias, biasOf(sumOfSecond), 16)
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function coarse(h: usize): v128 {
  return i64x2.shuffle(coarseOfTwo(h), coarseOfTwo(h + 8), 0, 2)
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function coarseOfTwo(h: usize): v128 {
  const limit = f64x2.splat(32767.0)
  const nearest = f64x2.floor(f64x2.add(f64x2.mul(two(h), f64x2.splat(32768.0)), f64x2.splat(0.5)))
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.pmax(f64x2.pmin(nearest, limit), f64x2.splat(-32767.0)))
}

/**
 * Computes offset = bias + dx W₀ + dy W₁ + pen W₂.
 * @param weights float32 (3, count); bias, offset float32 (count)
 */
export function addInputCoarse(weights: usize, bias: usize, offset: usize, count: i32, dx: f32, dy: f32, pen: f32): void {
  const a = f32x4.splat(dx)
  const b = f32x4.splat(dy)
  const c = f32x4.splat(pen)
  const row: usize = count << 2
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f32x4.add(v128.load(bias + j), f32x4.mul(v128.load(weights + j), a))
    sum = f32x4.add(sum, f32x4.mul(v128.load(weights + row + j), b))
    sum = f32x4.add(sum, f32x4.mul(v128.load(weights + 2 * row + j), c))
    v128.store(offset + j, sum)
  }
}

/**
 * Does the same as `activate`, in place, four units at a time.
 * @param gates float32 (4, units); up to 12 more bytes are read; c, h float32 (units, rounded up to 4)
 */
export function activateCoarse(gates: usize, units: i32, c: usize, h: usize): void {
  const gate: usize = units << 2
  for (let j: usize = 0; j < gate; j += 16) {
    const at = gates + j
    const i = sigmoidCoarse(v128.load(at))
    const g = tanhCoarse(v128.load(at + gate))
    const f = sigmoidCoarse(v128.load(at + 2 * gate))
    const o = sigmoidCoarse(v128.load(at + 3 * gate))
    const cell = f32x4.add(f32x4.mul(f, v128.load(c + j)), f32x4.mul(i, g))
    v128.store(c + j, cell)
    v128.store(h + j, f32x4.mul(o, tanhCoarse(cell)))
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function sigmoidCoarse(x: v128): v128 {
  const half = f32x4.splat(0.5)
  return f32x4.add(half, f32x4.mul(half, tanhCoarse(f32x4.mul(half, x))))
}

/** tanh by Lambert's continued fraction (1768), truncated after x² / 17: error below 7e-6, and 1 from 6.29 on. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function tanhCoarse(x: v128): v128 {
  const limit = f32x4.splat(6.29)
  const within = f32x4.max(f32x4.neg(limit), f32x4.min(limit, x))
  const q = f32x4.mul(within, within)
  let above = f32x4.add(q, f32x4.splat(990.0))
  above = f32x4.add(f32x4.mul(q, above), f32x4.splat(135135.0))
  above = f32x4.add(f32x4.mul(q, above), f32x4.splat(4729725.0))
  above = f32x4.add(f32x4.mul(q, above), f32x4.splat(34459425.0))
  let below = f32x4.add(f32x4.mul(q, f32x4.splat(45.0)), f32x4.splat(13860.0))
  below = f32x4.add(f32x4.mul(q, below), f32x4.splat(945945.0))
  below = f32x4.add(f32x4.mul(q, below), f32x4.splat(16216200.0))
  below = f32x4.add(f32x4.mul(q, below), f32x4.splat(34459425.0))
  return f32x4.div(f32x4.mul(within, above), below)
}
