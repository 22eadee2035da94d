// The hot loops in AssemblyScript, compiled to WebAssembly by scripts/build/kernel.ts. Every number here is an address or
// a count: src/wasm/network.ts lays the memory out and says what lies where.
//
// Bits agree with the plain TypeScript by construction: the products are sums of integers, exact in any order, and the
// rest does the same float64 operations in the same order, two numbers at a time.

// 1.5 × 2⁵²: added and taken away again, it leaves the nearest integer
const ROUNDING: f64 = 6755399441055744.0

/**
 * Hidden states as fixed point with 23 bits after the point, split into two digits of 16 bits: value = high × 2¹² + low.
 * @param h float32 (count)
 * @param digits int16 (count / 2, 4): for every pair of inputs both high digits, then both low ones
 * @param bias int32 (2, 4): what `product` begins its sums of high digits with, and of low ones
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

/** −128 × the sum of the lanes, in every lane: what the offset of the lower bytes in `packPair` adds, taken back. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function biasOf(sums: v128): v128 {
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
 * The weights of two inputs into the panels that `product` reads. As a loop in JavaScript, which is cold when a page
 * begins, it took a fifth of the time to the first movement.
 *
 * A word of 16 bits is two outputs' weights of one input: the one above as a signed byte, and 128 + the one below. The
 * word times a digit is then 2⁸ × one product + the other, and the word shifted by 8 gives the first alone: fewer
 * operations than widening all bytes to words before they are multiplied.
 * @param first, second int8 (16 × panels)
 * @param out the pair's place in the first panel; it lies `step` bytes further in the next
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
 * y = offset + scale × (W · value), sixteen outputs at a time. Sums may wrap around in between: all that is said of them
 * holds modulo 2³², and what comes out has room in 32 bits.
 * @param weights int8, panels of 16 outputs, see `packPair`
 * @param digits, bias from `split`
 * @param scale, offset, y float64 (16 × panels)
 */
export function product(
  weights: usize,
  digits: usize,
  bias: usize,
  pairs: i32,
  panels: i32,
  scale: usize,
  offset: usize,
  y: usize,
): void {
  const end: usize = digits + (pairs << 3)
  for (let panel = 0; panel < panels; panel++) {
    let high0 = v128.load(bias)
    let low0 = v128.load(bias, 16)
    let high1 = i32x4.splat(0)
    let low1 = i32x4.splat(0)
    let high2 = high0
    let low2 = low0
    let high3 = i32x4.splat(0)
    let low3 = i32x4.splat(0)
    for (let at = digits; at < end; at += 8) {
      const highs = v128.load32_splat(at)
      const lows = v128.load32_splat(at, 4)
      const w0 = v128.load(weights)
      const w2 = v128.load(weights, 16)
      weights += 32
      high0 = i32x4.add(high0, i32x4.dot_i16x8_s(w0, highs))
      low0 = i32x4.add(low0, i32x4.dot_i16x8_s(w0, lows))
      const w1 = i16x8.shr_s(w0, 8)
      high1 = i32x4.add(high1, i32x4.dot_i16x8_s(w1, highs))
      low1 = i32x4.add(low1, i32x4.dot_i16x8_s(w1, lows))
      high2 = i32x4.add(high2, i32x4.dot_i16x8_s(w2, highs))
      low2 = i32x4.add(low2, i32x4.dot_i16x8_s(w2, lows))
      const w3 = i16x8.shr_s(w2, 8)
      high3 = i32x4.add(high3, i32x4.dot_i16x8_s(w3, highs))
      low3 = i32x4.add(low3, i32x4.dot_i16x8_s(w3, lows))
    }
    finish(lower(high0, high1), lower(low0, low1), scale, offset, y)
    finish(high1, low1, scale + 32, offset + 32, y + 32)
    finish(lower(high2, high3), lower(low2, low3), scale + 64, offset + 64, y + 64)
    finish(high3, low3, scale + 96, offset + 96, y + 96)
    scale += 128
    offset += 128
    y += 128
  }
}

/** The sum of the lower bytes' products, from that of the words and that of the upper bytes. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function lower(ofWords: v128, ofUpper: v128): v128 {
  return i32x4.sub(ofWords, i32x4.shl(ofUpper, 8))
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

/** Two float32 as float64. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function two(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address))
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
  power(gates, powers, stride, OF_SIGMOID)
  power(gates + gate, powers + stride, stride, OF_TANH)
  power(gates + 2 * gate, powers + 2 * stride, stride, OF_SIGMOID)
  power(gates + 3 * gate, powers + 3 * stride, stride, OF_SIGMOID)
  const one = f64x2.splat(1.0)
  for (let j: usize = 0; j < stride; j += 16) {
    const at = powers + j
    const before = two(c + (j >> 1))
    const twice = v128.load(at + stride)
    const ofF = f64x2.add(one, v128.load(at + 2 * stride))
    const ofI = f64x2.add(one, v128.load(at))
    const both = f64x2.mul(ofI, f64x2.add(twice, one))
    const sum = f64x2.add(f64x2.mul(before, both), f64x2.mul(f64x2.sub(twice, one), ofF))
    const cell = f64x2.div(sum, f64x2.mul(ofF, both))
    v128.store64_lane(nextC + (j >> 1), f32x4.demote_f64x2_zero(cell), 0)
    v128.store(at, cell)
  }
  power(powers, powers, stride, OF_TANH)
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

// What `power` multiplies with. Read before its loop, they stay in registers: constants, and arguments too, the compilers
// would make anew for every pair, which took half of its time.
const SERIES = memory.data<f64>([
  0.6931471805599453, // ln 2
  0.24022650695910072, // (ln 2)ⁿ / n! for n = 2…6
  0.05550410866482158,
  0.009618129107628477,
  0.0013333558146428441,
  0.0001540353039338161,
  0.000015252733804059838, // and 7
  1.0,
  6755399441055744.0, // ROUNDING
])
// factor, limit, −limit
const OF_SIGMOID = memory.data<f64>([-1.4426950408889634, 40.0, -40.0])
const OF_TANH = memory.data<f64>([2.8853900817779268, 20.0, -20.0])

/**
 * 2 to the power of factor × x, for |x| up to the limit and as there beyond.
 * @param x, out float64
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
  for (; x < end; x += 16, out += 16) {
    const within = f64x2.pmax(f64x2.pmin(v128.load(x), most), least)
    const y = f64x2.mul(within, factor)
    const shifted = f64x2.add(y, rounding) // the whole part now stands in the lowest bits
    const r = f64x2.sub(y, f64x2.sub(shifted, rounding))
    const q = f64x2.mul(r, r)
    const first = f64x2.add(one, f64x2.mul(r, c1))
    const second = f64x2.add(c2, f64x2.mul(r, c3))
    const third = f64x2.add(c4, f64x2.mul(r, c5))
    const fourth = f64x2.add(c6, f64x2.mul(r, c7))
    const lower = f64x2.add(first, f64x2.mul(q, second))
    const upper = f64x2.add(third, f64x2.mul(q, fourth))
    const series = f64x2.add(lower, f64x2.mul(f64x2.mul(q, q), upper))
    v128.store(out, i64x2.add(series, i64x2.shl(shifted, 52))) // times 2 to the power of the whole part
  }
}

// From here on the coarse kernel, for bundles of paths that are looked at and thrown away: states as 16-bit numbers, two
// paths in one pass over the weights (where the exact kernel has the two halves of one), and float32 in the gates.

/**
 * Hidden states of both paths as fixed point with 15 bits after the point.
 * @param first, second float32 (count)
 * @param digits int16 (count / 2, 4): for every pair of inputs both of the first path, then both of the second
 * @param bias as `split` has it
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
 * Two paths at once: y = offset + scale × (W · x), sixteen outputs at a time.
 * @param weights as for `product`
 * @param digits, bias from `coarsen`; scale float32 (16 × panels); offsets, ys float32 (2, 16 × panels)
 */
export function productOfTwo(
  weights: usize,
  digits: usize,
  bias: usize,
  pairs: i32,
  panels: i32,
  scale: usize,
  offsets: usize,
  ys: usize,
): void {
  const end: usize = digits + (pairs << 3)
  const row: usize = panels << 6
  for (let panel = 0; panel < panels; panel++) {
    let a0 = v128.load(bias)
    let b0 = v128.load(bias, 16)
    let a1 = i32x4.splat(0)
    let b1 = i32x4.splat(0)
    let a2 = a0
    let b2 = b0
    let a3 = i32x4.splat(0)
    let b3 = i32x4.splat(0)
    for (let at = digits; at < end; at += 8) {
      const a = v128.load32_splat(at)
      const b = v128.load32_splat(at, 4)
      const w0 = v128.load(weights)
      const w2 = v128.load(weights, 16)
      weights += 32
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(w0, a))
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(w0, b))
      const w1 = i16x8.shr_s(w0, 8)
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(w1, a))
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(w1, b))
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(w2, a))
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(w2, b))
      const w3 = i16x8.shr_s(w2, 8)
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(w3, a))
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(w3, b))
    }
    finishCoarse(lower(a0, a1), scale, offsets, ys)
    finishCoarse(a1, scale + 16, offsets + 16, ys + 16)
    finishCoarse(lower(a2, a3), scale + 32, offsets + 32, ys + 32)
    finishCoarse(a3, scale + 48, offsets + 48, ys + 48)
    finishCoarse(lower(b0, b1), scale, offsets + row, ys + row)
    finishCoarse(b1, scale + 16, offsets + row + 16, ys + row + 16)
    finishCoarse(lower(b2, b3), scale + 32, offsets + row + 32, ys + row + 32)
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
