// The hot loops of the pattern network for previews: as in pattern.ts, but in float32, four pixels at a time, and with piecewise
// linear curves. All numbers are addresses or counts; src/pattern/network/wasm-engine.ts lays out the memory. A plane holds one
// number for each of the 64 pixels of a batch.
//
// Sums of enormous weights may overflow float32. NaN then becomes the lower bound of its range, see `lookUp` in curves.ts.

import { applyCurve, applySine, applySoftplus } from './curves'

const PLANE: usize = 256

/**
 * Computes target = weights · source + bias, four outputs and eight pixels at a time: their sums stay in registers while the
 * inputs stream through. With longer loops or more sums, compilers run out of registers.
 * @param weights float32 (outputs / 4, inputs, 4); bias float32 (outputs)
 * @param source float32 (inputs, 64); target float32 (outputs, 64)
 * @param outputs a multiple of 4
 */
export function layer(weights: usize, bias: usize, source: usize, target: usize, inputs: i32, outputs: i32): void {
  for (let row = 0; row < outputs; row += 4) {
    const end = weights + ((<usize>inputs) << 4)
    for (let pixel: usize = 0; pixel < PLANE; pixel += 32) {
      let a0 = v128.load32_splat(bias)
      let a1 = a0
      let b0 = v128.load32_splat(bias, 4)
      let b1 = b0
      let c0 = v128.load32_splat(bias, 8)
      let c1 = c0
      let d0 = v128.load32_splat(bias, 12)
      let d1 = d0
      let from = source + pixel
      for (let weight = weights; weight < end; weight += 16) {
        const x0 = v128.load(from)
        const x1 = v128.load(from, 16)
        const a = v128.load32_splat(weight)
        a0 = f32x4.add(a0, f32x4.mul(a, x0))
        a1 = f32x4.add(a1, f32x4.mul(a, x1))
        const b = v128.load32_splat(weight, 4)
        b0 = f32x4.add(b0, f32x4.mul(b, x0))
        b1 = f32x4.add(b1, f32x4.mul(b, x1))
        const c = v128.load32_splat(weight, 8)
        c0 = f32x4.add(c0, f32x4.mul(c, x0))
        c1 = f32x4.add(c1, f32x4.mul(c, x1))
        const d = v128.load32_splat(weight, 12)
        d0 = f32x4.add(d0, f32x4.mul(d, x0))
        d1 = f32x4.add(d1, f32x4.mul(d, x1))
        from += PLANE
      }
      const to = target + pixel
      v128.store(to, a0)
      v128.store(to, a1, 16)
      v128.store(to, b0, PLANE)
      v128.store(to, b1, PLANE + 16)
      v128.store(to, c0, 2 * PLANE)
      v128.store(to, c1, 2 * PLANE + 16)
      v128.store(to, d0, 3 * PLANE)
      v128.store(to, d1, 3 * PLANE + 16)
    }
    weights = end
    bias += 16
    target += 4 * PLANE
  }
}

export function bend(values: usize, end: usize, curve: usize): void {
  applyCurve<f32>(values, end, curve)
}

export function sine(values: usize, end: usize, curve: usize): void {
  applySine<f32>(values, end, curve)
}

export function softplus(values: usize, end: usize, curve: usize): void {
  applySoftplus<f32>(values, end, curve)
}

export function relu(values: usize, end: usize): void {
  for (; values < end; values += 16) v128.store(values, f32x4.pmax(f32x4.splat(0), v128.load(values)))
}

/**
 * Computes tanh z as z (a + z² (b + z² c)) / (d + z² (e + z²)), constant outside low…high: half the work of a lookup.
 * @param ratio float32: low, high, a, b, c, d, e
 */
export function tanh(values: usize, end: usize, ratio: usize): void {
  const low = v128.load32_splat(ratio)
  const high = v128.load32_splat(ratio, 4)
  const a = v128.load32_splat(ratio, 8)
  const b = v128.load32_splat(ratio, 12)
  const c = v128.load32_splat(ratio, 16)
  const d = v128.load32_splat(ratio, 20)
  const e = v128.load32_splat(ratio, 24)
  for (; values < end; values += 32) {
    v128.store(values, quotient(v128.load(values), low, high, a, b, c, d, e))
    v128.store(values, quotient(v128.load(values, 16), low, high, a, b, c, d, e), 16)
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function quotient(z: v128, low: v128, high: v128, a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
  const x = f32x4.pmin(f32x4.pmax(low, z), high)
  const s = f32x4.mul(x, x)
  const above = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(c, s), b), s), a)
  const below = f32x4.add(f32x4.mul(f32x4.add(s, e), s), d)
  return f32x4.div(f32x4.mul(x, above), below)
}
