// Float64 in pairs, for the exponentials of gates and mixture.

/** 1.5 × 2⁵²: adding it leaves the nearest integer in the lowest bits; subtracting it again gives that integer. */
export const ROUNDING: f64 = 6755399441055744.0

export const PER_LN2: f64 = 1.4426950408889634

/** Loads two float32 as float64. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function two(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address))
}

/** Returns x × 2^k, for integers k to which ROUNDING was added. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function timesPowerOfTwo(x: v128, shifted: v128): v128 {
  return i64x2.add(x, i64x2.shl(shifted, 52))
}
