// The hot loops in AssemblyScript, compiled to WebAssembly by scripts/build/kernel.ts. Every number here is an address or
// a count: src/wasm/network.ts lays the memory out and says what lies where.
//
// Bits agree with the plain TypeScript by construction: the products are sums of integers, exact in any order, and the
// rest does the same float64 operations in the same order, two numbers at a time.

// 1.5 × 2⁵²: added and taken away again, it leaves the nearest integer
const ROUNDING: f64 = 6755399441055744.0

/**
 * Hidden states as fixed point with 23 bits after the point, split into two 16-bit halves: value = high × 2¹² + low.
 * @param h float32 (count)
 * @param high, low int16 (count)
 * @param count a multiple of 8
 */
export function split(h: usize, high: usize, low: usize, count: i32): void {
  const end: usize = high + (count << 1)
  for (; high < end; h += 32, high += 16, low += 16) {
    const first = fixed(v128.load(h))
    const second = fixed(v128.load(h, 16))
    v128.store(high, i16x8.narrow_i32x4_s(i32x4.shr_s(first, 12), i32x4.shr_s(second, 12)))
    const lows = i32x4.splat(4095)
    v128.store(low, i16x8.narrow_i32x4_s(v128.and(first, lows), v128.and(second, lows)))
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function fixed(h: v128): v128 {
  const limit = f32x4.splat(3.9990234375)
  const within = f32x4.pmax(f32x4.pmin(h, limit), f32x4.neg(limit))
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(within, f32x4.splat(8388608.0))))
}

/**
 * The weights of two inputs into the panels that `product` reads: for every output (first, second). As a loop in
 * JavaScript, which is cold when a page begins, it took a fifth of the time to the first movement.
 * @param first, second int8 (16 × panels)
 * @param out the pair's place in the first panel; it lies `step` bytes further in the next
 */
export function packPair(first: usize, second: usize, out: usize, step: usize, panels: i32): void {
  for (let panel = 0; panel < panels; panel++) {
    const a = v128.load(first)
    const b = v128.load(second)
    v128.store(out, i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23))
    v128.store(out, i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), 16)
    first += 16
    second += 16
    out += step
  }
}

/**
 * y = offset + scale × (W · value), sixteen outputs at a time.
 * @param weights int8, panels of 16 outputs: for every pair of inputs 16 × (first, second)
 * @param high, low int16 (2 × pairs), from `split`
 * @param scale, offset, y float64 (16 × panels)
 */
export function product(
  weights: usize,
  high: usize,
  low: usize,
  pairs: i32,
  panels: i32,
  scale: usize,
  offset: usize,
  y: usize,
): void {
  for (let panel = 0; panel < panels; panel++) {
    let high0 = i32x4.splat(0)
    let high1 = i32x4.splat(0)
    let high2 = i32x4.splat(0)
    let high3 = i32x4.splat(0)
    let low0 = i32x4.splat(0)
    let low1 = i32x4.splat(0)
    let low2 = i32x4.splat(0)
    let low3 = i32x4.splat(0)
    for (let pair = 0; pair < pairs; pair++) {
      const highs = v128.load32_splat(high + (pair << 2))
      const lows = v128.load32_splat(low + (pair << 2))
      const w0 = v128.load8x8_s(weights)
      const w1 = v128.load8x8_s(weights, 8)
      const w2 = v128.load8x8_s(weights, 16)
      const w3 = v128.load8x8_s(weights, 24)
      weights += 32
      high0 = i32x4.add(high0, i32x4.dot_i16x8_s(w0, highs))
      high1 = i32x4.add(high1, i32x4.dot_i16x8_s(w1, highs))
      high2 = i32x4.add(high2, i32x4.dot_i16x8_s(w2, highs))
      high3 = i32x4.add(high3, i32x4.dot_i16x8_s(w3, highs))
      low0 = i32x4.add(low0, i32x4.dot_i16x8_s(w0, lows))
      low1 = i32x4.add(low1, i32x4.dot_i16x8_s(w1, lows))
      low2 = i32x4.add(low2, i32x4.dot_i16x8_s(w2, lows))
      low3 = i32x4.add(low3, i32x4.dot_i16x8_s(w3, lows))
    }
    finish(high0, low0, scale, offset, y)
    finish(high1, low1, scale + 32, offset + 32, y + 32)
    finish(high2, low2, scale + 64, offset + 64, y + 64)
    finish(high3, low3, scale + 96, offset + 96, y + 96)
    scale += 128
    offset += 128
    y += 128
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function finish(high: v128, low: v128, scale: usize, offset: usize, y: usize): void {
  const step = f64x2.splat(4096.0)
  const upperHigh = i8x16.shuffle(high, high, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)
  const upperLow = i8x16.shuffle(low, low, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)
  const sum0 = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(high), step), f64x2.convert_low_i32x4_s(low))
  const sum1 = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(upperHigh), step), f64x2.convert_low_i32x4_s(upperLow))
  v128.store(y, f64x2.add(v128.load(offset), f64x2.mul(v128.load(scale), sum0)))
  v128.store(y, f64x2.add(v128.load(offset, 16), f64x2.mul(v128.load(scale, 16), sum1)), 16)
}

/**
 * offset = bias + the input's three columns, in this order.
 * @param weights float64 (3, count); bias, offset float64 (count)
 */
export function addInput(weights: usize, bias: usize, offset: usize, count: i32, dx: f64, dy: f64, pen: f64): void {
  const a = f64x2.splat(dx)
  const b = f64x2.splat(dy)
  const c = f64x2.splat(pen)
  const row: usize = count << 3
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f64x2.add(v128.load(bias + j), f64x2.mul(v128.load(weights + j), a))
    sum = f64x2.add(sum, f64x2.mul(v128.load(weights + row + j), b))
    sum = f64x2.add(sum, f64x2.mul(v128.load(weights + 2 * row + j), c))
    v128.store(offset + j, sum)
  }
}

/**
 * c' = σ(f) c + σ(i) tanh(g), h' = σ(o) tanh(c') on the grid of 2⁻²³: as in src/gates.ts, operation by operation. All
 * powers of a gate are made in one go, since a short loop keeps its constants in registers.
 * @param gates float64 (4, units), in the order i g f o
 * @param c, nextC, nextH float32 (units, rounded up to 2)
 * @param powers float64 (4, units, rounded up to 2), to work in
 */
export function activate(gates: usize, units: i32, c: usize, nextC: usize, nextH: usize, powers: usize): void {
  const gate: usize = units << 3
  const stride: usize = (gate + 15) & ~15
  power(gates, powers, stride, -Math.LOG2E, 40)
  power(gates + gate, powers + stride, stride, 2 * Math.LOG2E, 20)
  power(gates + 2 * gate, powers + 2 * stride, stride, -Math.LOG2E, 40)
  power(gates + 3 * gate, powers + 3 * stride, stride, -Math.LOG2E, 40)
  const one = f64x2.splat(1.0)
  for (let j: usize = 0; j < stride; j += 16) {
    const at = powers + j
    const before = f64x2.promote_low_f32x4(v128.load64_zero(c + (j >> 1)))
    const twice = v128.load(at + stride)
    const ofF = f64x2.add(one, v128.load(at + 2 * stride))
    const ofI = f64x2.add(one, v128.load(at))
    const both = f64x2.mul(ofI, f64x2.add(twice, one))
    const sum = f64x2.add(f64x2.mul(before, both), f64x2.mul(f64x2.sub(twice, one), ofF))
    const cell = f64x2.div(sum, f64x2.mul(ofF, both))
    v128.store64_lane(nextC + (j >> 1), f32x4.demote_f64x2_zero(cell), 0)
    v128.store(at, cell)
  }
  power(powers, powers, stride, 2 * Math.LOG2E, 20)
  for (let j: usize = 0; j < stride; j += 16) {
    const at = powers + j
    const twice = v128.load(at)
    const below = f64x2.mul(f64x2.add(one, v128.load(at + 3 * stride)), f64x2.add(twice, one))
    const scaled = f64x2.mul(f64x2.div(f64x2.sub(twice, one), below), f64x2.splat(8388608.0))
    const whole = f64x2.sub(f64x2.add(scaled, f64x2.splat(ROUNDING)), f64x2.splat(ROUNDING))
    const hidden = f64x2.mul(whole, f64x2.splat(1.0 / 8388608.0))
    v128.store64_lane(nextH + (j >> 1), f32x4.demote_f64x2_zero(hidden), 0)
  }
}

/**
 * 2 to the power of factor × x, for |x| up to the limit and as there beyond.
 * @param x, out float64
 * @param bytes of each, a multiple of 16
 */
function power(x: usize, out: usize, bytes: usize, factor: f64, limit: f64): void {
  for (let j: usize = 0; j < bytes; j += 16) {
    const within = f64x2.pmax(f64x2.pmin(v128.load(x + j), f64x2.splat(limit)), f64x2.splat(-limit))
    const y = f64x2.mul(within, f64x2.splat(factor))
    const shifted = f64x2.add(y, f64x2.splat(ROUNDING)) // the whole part now stands in the lowest bits
    const r = f64x2.sub(y, f64x2.sub(shifted, f64x2.splat(ROUNDING)))
    const q = f64x2.mul(r, r)
    const first = f64x2.add(f64x2.splat(1.0), f64x2.mul(r, f64x2.splat(Math.LN2)))
    const second = f64x2.add(f64x2.splat(0.24022650695910072), f64x2.mul(r, f64x2.splat(0.05550410866482158)))
    const third = f64x2.add(f64x2.splat(0.009618129107628477), f64x2.mul(r, f64x2.splat(0.0013333558146428441)))
    const fourth = f64x2.add(f64x2.splat(0.0001540353039338161), f64x2.mul(r, f64x2.splat(0.000015252733804059838)))
    const lower = f64x2.add(first, f64x2.mul(q, second))
    const upper = f64x2.add(third, f64x2.mul(q, fourth))
    const series = f64x2.add(lower, f64x2.mul(f64x2.mul(q, q), upper))
    v128.store(out + j, i64x2.add(series, i64x2.shl(shifted, 52))) // times 2 to the power of the whole part
  }
}

// From here on the coarse kernel, for bundles of paths that are looked at and thrown away: states as 16-bit numbers, two
// paths in one pass over the weights (where the exact kernel has the two halves of one), and float32 in the gates.

/**
 * Hidden states as fixed point with 15 bits after the point.
 * @param h float32 (count); out int16 (count)
 */
export function coarsen(h: usize, out: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    const value = Math.floor(f64(load<f32>(h + (k << 2))) * 32768.0 + 0.5)
    store<i16>(out + (k << 1), i16(Math.max(-32767.0, Math.min(32767.0, value))))
  }
}

/**
 * Two paths at once: y = offset + scale × (W · x), sixteen outputs at a time.
 * @param weights as for `product`
 * @param xs int16 (2, 2 × pairs); scale float32 (16 × panels); offsets, ys float32 (2, 16 × panels)
 */
export function productOfTwo(
  weights: usize,
  xs: usize,
  pairs: i32,
  panels: i32,
  scale: usize,
  offsets: usize,
  ys: usize,
): void {
  const second: usize = xs + (pairs << 2)
  const row: usize = panels << 6
  for (let panel = 0; panel < panels; panel++) {
    let a0 = i32x4.splat(0)
    let a1 = i32x4.splat(0)
    let a2 = i32x4.splat(0)
    let a3 = i32x4.splat(0)
    let b0 = i32x4.splat(0)
    let b1 = i32x4.splat(0)
    let b2 = i32x4.splat(0)
    let b3 = i32x4.splat(0)
    for (let pair = 0; pair < pairs; pair++) {
      const a = v128.load32_splat(xs + (pair << 2))
      const b = v128.load32_splat(second + (pair << 2))
      const w0 = v128.load8x8_s(weights)
      const w1 = v128.load8x8_s(weights, 8)
      const w2 = v128.load8x8_s(weights, 16)
      const w3 = v128.load8x8_s(weights, 24)
      weights += 32
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(w0, a))
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(w1, a))
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(w2, a))
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(w3, a))
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(w0, b))
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(w1, b))
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(w2, b))
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(w3, b))
    }
    finishCoarse(a0, scale, offsets, ys)
    finishCoarse(a1, scale + 16, offsets + 16, ys + 16)
    finishCoarse(a2, scale + 32, offsets + 32, ys + 32)
    finishCoarse(a3, scale + 48, offsets + 48, ys + 48)
    finishCoarse(b0, scale, offsets + row, ys + row)
    finishCoarse(b1, scale + 16, offsets + row + 16, ys + row + 16)
    finishCoarse(b2, scale + 32, offsets + row + 32, ys + row + 32)
    finishCoarse(b3, scale + 48, offsets + row + 48, ys + row + 48)
    scale += 64
    offsets += 64
    ys += 64
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function finishCoarse(sum: v128, scale: usize, offset: usize, y: usize): void {
  v128.store(y, f32x4.add(v128.load(offset), f32x4.mul(v128.load(scale), f32x4.convert_i32x4_s(sum))))
}

/**
 * offset = bias + the input's three columns.
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
 * As `activate`, in place, four units at a time.
 * @param gates float32 (4, units), and some more to read; c, h float32 (units, rounded up to 4)
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

/** Lambert's continued fraction (1768), cut off after x² / 17: error below 7e-6, and 1 from 6.29 on. */
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
