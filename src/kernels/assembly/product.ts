// The products with the weights: sums of integers. Nearly all of a step's time is spent here.

/**
 * Computes y = offset + scale × (W value) for the hidden states of one path, see `split`.
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
  multiply<f64>(weights, digits, bias, pairs, panels, scale, offset, y)
}

/**
 * Computes the same for two paths at once, see `coarsen`.
 * @param digits, bias from `coarsen`
 * @param scale float32 (16 × panels)
 * @param offsets, ys float32 (2, 16 × panels)
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
  multiply<f32>(weights, digits, bias, pairs, panels, scale, offsets, ys)
}

/**
 * Multiplies all weights, sixteen outputs at a time, with two 16-bit numbers per input: T = f64 with the high and the low
 * digit of one path; T = f32 with the states of two paths. Intermediate sums may wrap around: they are exact modulo 2³², and
 * the results fit into 32 bits.
 */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function multiply<T>(
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
  const row: usize = panels << 6 // bytes of one of two paths
  const four: usize = 4 * sizeof<T>()
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
    finish<T>(lower(a0, a1), lower(b0, b1), row, scale, offset, y)
    finish<T>(a1, b1, row, scale + four, offset + four, y + four)
    finish<T>(lower(a2, a3), lower(b2, b3), row, scale + 2 * four, offset + 2 * four, y + 2 * four)
    finish<T>(a3, b3, row, scale + 3 * four, offset + 3 * four, y + 3 * four)
    scale += 4 * four
    offset += 4 * four
    y += 4 * four
  }
}

/** Returns the sum of the lower bytes' products: that of the words minus that of the upper bytes. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function lower(ofWords: v128, ofUpper: v128): v128 {
  return i32x4.sub(ofWords, i32x4.shl(ofUpper, 8))
}

/** Stores four outputs: one sum from two digits, or two sums from two paths. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function finish<T>(a: v128, b: v128, row: usize, scale: usize, offset: usize, y: usize): void {
  if (sizeof<T>() == 8) {
    finishTwo(a, b, scale, offset, y)
    const upperA = i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)
    const upperB = i8x16.shuffle(b, b, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15)
    finishTwo(upperA, upperB, scale + 16, offset + 16, y + 16)
  } else {
    finishPath(a, scale, offset, y)
    finishPath(b, scale, offset + row, y + row)
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function finishTwo(high: v128, low: v128, scale: usize, offset: usize, y: usize): void {
  const sum = f64x2.add(
    f64x2.mul(f64x2.convert_low_i32x4_s(high), f64x2.splat(4096.0)),
    f64x2.convert_low_i32x4_s(low),
  )
  v128.store(y, f64x2.add(v128.load(offset), f64x2.mul(v128.load(scale), sum)))
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function finishPath(sum: v128, scale: usize, offset: usize, y: usize): void {
  v128.store(y, f32x4.add(v128.load(offset), f32x4.mul(v128.load(scale), f32x4.convert_i32x4_s(sum))))
}
