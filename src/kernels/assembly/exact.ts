// Inputs of the exact product: hidden states as integers, weights in panels, and the network's input.

import { two } from './float64'

/**
 * Converts hidden states to fixed point with 23 fractional bits, split into two 16-bit digits: value = high × 2¹² + low.
 * @param h float32 (count)
 * @param digits int16 (count / 2, 4): per pair of inputs both high digits, then both low digits
 * @param bias int32 (2, 4): the initial values of `product`'s sums of high and of low digits
 * @param count a multiple of 8
 */
export function split(h: usize, digits: usize, bias: usize, count: i32): void {
  const end: usize = h + (count << 2)
  const lows = i32x4.splat(4095)
  const ones = i16x8.splat(1)
  let sumOfHighs = i32x4.splat(0)
  let sumOfLows = i32x4.splat(0)
  for (; h < end; h += 32, digits += 32) {
    const first = fixed(v128.load(h))
    const second = fixed(v128.load(h, 16))
    const high = i16x8.narrow_i32x4_s(i32x4.shr_s(first, 12), i32x4.shr_s(second, 12))
    const low = i16x8.narrow_i32x4_s(v128.and(first, lows), v128.and(second, lows))
    v128.store(digits, i32x4.shuffle(high, low, 0, 4, 1, 5))
    v128.store(digits, i32x4.shuffle(high, low, 2, 6, 3, 7), 16)
    sumOfHighs = i32x4.add(sumOfHighs, i32x4.dot_i16x8_s(high, ones))
    sumOfLows = i32x4.add(sumOfLows, i32x4.dot_i16x8_s(low, ones))
  }
  v128.store(bias, biasOf(sumOfHighs))
  v128.store(bias, biasOf(sumOfLows), 16)
}

/** Returns −128 × the sum of the lanes, in every lane: cancels the offset of the lower bytes in `packPair`. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function biasOf(sums: v128): v128 {
  const halves = i32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 0, 1))
  const sum = i32x4.add(halves, i32x4.shuffle(halves, halves, 1, 0, 3, 2))
  return i32x4.neg(i32x4.shl(sum, 7))
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function fixed(h: v128): v128 {
  const limit = f32x4.splat(3.9990234375)
  const within = f32x4.pmax(f32x4.pmin(h, limit), f32x4.neg(limit))
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(within, f32x4.splat(8388608.0))))
}

/**
 * Packs the weights of two inputs into the panels that `product` reads. In JavaScript, which is not yet optimized when a page
 * starts, this took a fifth of the time to the first movement.
 *
 * A 16-bit word holds the weights of two outputs for one input: the upper as a signed byte, the lower as 128 + weight. The
 * word times a digit is then 2⁸ × one product + the other, and the word shifted by 8 gives the first alone: fewer operations
 * than widening all bytes to words before multiplying.
 * @param first, second int8 (16 × panels)
 * @param out the pair's address in the first panel; in the next panel it is `step` bytes further
 */
export function packPair(first: usize, second: usize, out: usize, step: usize, panels: i32): void {
  const offset = i16x8.splat(128)
  for (let panel = 0; panel < panels; panel++) {
    const a = v128.load(first)
    const b = v128.load(second)
    const upper = i8x16.shuffle(a, b, 0, 4, 16, 20, 1, 5, 17, 21, 2, 6, 18, 22, 3, 7, 19, 23)
    const lower = i8x16.shuffle(a, b, 8, 12, 24, 28, 9, 13, 25, 29, 10, 14, 26, 30, 11, 15, 27, 31)
    v128.store(out, v128.xor(upper, offset))
    v128.store(out, v128.xor(lower, offset), 16)
    first += 16
    second += 16
    out += step
  }
}

/**
 * Computes offset = bias + dx W₀ + dy W₁ + pen W₂, in this order.
 * @param weights float32 (3, count); bias float32 (count); offset float64 (count); count a multiple of 4
 */
export function addInput(weights: usize, bias: usize, offset: usize, count: i32, dx: f64, dy: f64, pen: f64): void {
  const a = f64x2.splat(dx)
  const b = f64x2.splat(dy)
  const c = f64x2.splat(pen)
  const row: usize = count << 2
  const end: usize = bias + row
  for (; bias < end; bias += 16, weights += 16, offset += 32) {
    addInputOfTwo(weights, bias, offset, row, a, b, c)
    addInputOfTwo(weights + 8, bias + 8, offset + 16, row, a, b, c)
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function addInputOfTwo(weights: usize, bias: usize, offset: usize, row: usize, a: v128, b: v128, c: v128): void {
  let sum = f64x2.add(two(bias), f64x2.mul(two(weights), a))
  sum = f64x2.add(sum, f64x2.mul(two(weights + row), b))
  sum = f64x2.add(sum, f64x2.mul(two(weights + 2 * row), c))
  v128.store(offset, sum)
}
