// The gate functions of a pair. All arithmetic is float32: `f32` rounds every result, as the WebAssembly kernel does four
// units at a time.
const f32 = Math.fround

const LIMIT = f32(6.29) // where the fraction below reaches 1

/** Returns tanh x by Lambert's continued fraction (1768), truncated after x² / 17, with an error below 7e-6. */
export function coarseTanh(x: number): number {
  const z = Math.max(-LIMIT, Math.min(LIMIT, x))
  const q = f32(z * z)
  let numerator = f32(q + 990)
  numerator = f32(f32(q * numerator) + 135135)
  numerator = f32(f32(q * numerator) + 4729725)
  numerator = f32(f32(q * numerator) + f32(34459425))
  let denominator = f32(f32(q * 45) + 13860)
  denominator = f32(f32(q * denominator) + 945945)
  denominator = f32(f32(q * denominator) + 16216200)
  denominator = f32(f32(q * denominator) + f32(34459425))
  return f32(f32(z * numerator) / denominator)
}

/** Returns σ(x) = ½ + ½ tanh(x / 2). */
export function coarseSigmoid(x: number): number {
  return f32(0.5 + f32(0.5 * coarseTanh(f32(0.5 * x))))
}
