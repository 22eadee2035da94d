// Activation functions as tables, for both kernels of patterns. In the exact kernel, T is f64 and a piece is a cubic; in the
// preview kernel, T is f32 and a piece is a line.
//
// A curve in memory: four numbers of type T (low, density, pieces, and the location of the table, see `lookUp`); then the
// table, (pieces + 1, 4) float64 or (pieces + 1, 2) float32, aligned to the size of a piece.
//
// The four numbers are loaded before each loop: compilers would splat arguments again in every iteration.

/**
 * Replaces values by the curve at each of them, as `applyCurve` in src/pattern/network/lookup-curve.ts.
 * @param values, end addresses of the first value and past the last; a multiple of 32 bytes
 */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function applyCurve<T>(values: usize, end: usize, curve: usize): void {
  const low = v128.load_splat<T>(curve)
  const density = v128.load_splat<T>(curve, sizeof<T>())
  const pieces = v128.load_splat<T>(curve, 2 * sizeof<T>())
  const table = v128.load_splat<T>(curve, 3 * sizeof<T>())
  for (; values < end; values += 32) {
    v128.store(values, lookUp<T>(v128.load(values), low, density, pieces, table))
    v128.store(values, lookUp<T>(v128.load(values, 16), low, density, pieces, table), 16)
  }
}

/** Replaces values by their sine. The curve is one turn, and its argument is in turns. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function applySine<T>(values: usize, end: usize, curve: usize): void {
  const low = v128.load_splat<T>(curve)
  const density = v128.load_splat<T>(curve, sizeof<T>())
  const pieces = v128.load_splat<T>(curve, 2 * sizeof<T>())
  const table = v128.load_splat<T>(curve, 3 * sizeof<T>())
  for (; values < end; values += 16) {
    const turns = v128.mul<T>(v128.load(values), v128.splat<T>(<T>(1.0 / (2.0 * Math.PI))))
    v128.store(values, lookUp<T>(v128.sub<T>(turns, v128.floor<T>(turns)), low, density, pieces, table))
  }
}

/** Replaces values by their softplus: max(z, 0), plus the curve at |z|. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function applySoftplus<T>(values: usize, end: usize, curve: usize): void {
  const low = v128.load_splat<T>(curve)
  const density = v128.load_splat<T>(curve, sizeof<T>())
  const pieces = v128.load_splat<T>(curve, 2 * sizeof<T>())
  const table = v128.load_splat<T>(curve, 3 * sizeof<T>())
  for (; values < end; values += 16) {
    const z = v128.load(values)
    const above = lookUp<T>(v128.abs<T>(z), low, density, pieces, table)
    v128.store(values, v128.add<T>(v128.pmax<T>(v128.splat<T>(<T>0), z), above))
  }
}

/**
 * Evaluates a curve at z. NaN gives the first piece: pmax(a, b) is a unless b is larger, and an address must stay in the table.
 * @param table 2⁴⁷ + address / 32 for f64, 2²⁰ + address / 8 for f32, in every lane: at this magnitude, the lowest bits of
 *   a number count bytes, so that the sum with the index of a piece is its address
 */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function lookUp<T>(z: v128, low: v128, density: v128, pieces: v128, table: v128): v128 {
  const within = v128.pmax<T>(v128.splat<T>(<T>0), v128.mul<T>(v128.sub<T>(z, low), density))
  const u = v128.pmin<T>(within, pieces)
  const n = v128.floor<T>(u)
  const t = v128.sub<T>(u, n)
  const address = v128.add<T>(n, table)
  if (sizeof<T>() == 8) return cubicAt(address, t)
  else return lineAt(address, t)
}

/** Evaluates a + t (b + t (c + t d)) in two lanes. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function cubicAt(address: v128, t: v128): v128 {
  const first = <usize>i32x4.extract_lane(address, 0)
  const second = <usize>i32x4.extract_lane(address, 2)
  const ab0 = v128.load(first)
  const cd0 = v128.load(first, 16)
  const ab1 = v128.load(second)
  const cd1 = v128.load(second, 16)
  const a = i64x2.shuffle(ab0, ab1, 0, 2)
  const b = i64x2.shuffle(ab0, ab1, 1, 3)
  const c = i64x2.shuffle(cd0, cd1, 0, 2)
  const d = i64x2.shuffle(cd0, cd1, 1, 3)
  return f64x2.add(f64x2.mul(f64x2.add(f64x2.mul(f64x2.add(f64x2.mul(d, t), c), t), b), t), a)
}

/** Evaluates value + t slope in four lanes. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function lineAt(sum: v128, t: v128): v128 {
  const address = v128.and(sum, i32x4.splat(0x7fffff)) // the fraction of a float32
  const one = v128.load64_zero(<usize>i32x4.extract_lane(address, 0))
  const two = v128.load64_lane(<usize>i32x4.extract_lane(address, 1), one, 1)
  const three = v128.load64_zero(<usize>i32x4.extract_lane(address, 2))
  const four = v128.load64_lane(<usize>i32x4.extract_lane(address, 3), three, 1)
  const value = v128.shuffle<i32>(two, four, 0, 2, 4, 6)
  const slope = v128.shuffle<i32>(two, four, 1, 3, 5, 7)
  return f32x4.add(value, f32x4.mul(slope, t))
}
