// The hot loops of the pattern network in AssemblyScript, compiled to WebAssembly by scripts/build/kernel.ts. All numbers are
// addresses or counts; src/pattern/network/wasm-engine.ts lays out the memory.
//
// Results agree with plain TypeScript to the bit by construction: the same float64 operations in the same order, two pixels at
// a time. A plane holds one number for each of the 64 pixels of a batch.

import { applyCurve, applySine, applySoftplus } from './curves'

const PLANE: usize = 512

/**
 * Computes target = weights · source + bias, two outputs and four inputs at a time: eight weights stay in registers while
 * the pixels stream through.
 * @param weights float64 (outputs, inputs); bias float64 (outputs)
 * @param source float64 (inputs, 64); target float64 (outputs, 64)
 * @param inputs a multiple of 4; outputs even
 */
export function layer(weights: usize, bias: usize, source: usize, target: usize, inputs: i32, outputs: i32): void {
  const line: usize = (<usize>inputs) << 3
  for (let row = 0; row < outputs; row += 2) {
    const end = target + PLANE
    const upper = v128.load64_splat(bias)
    const lower = v128.load64_splat(bias, 8)
    for (let to = target; to < end; to += 16) {
      v128.store(to, upper)
      v128.store(to, lower, PLANE)
    }
    let from = source
    for (let column = 0; column < inputs; column += 4) {
      const a0 = v128.load64_splat(weights)
      const a1 = v128.load64_splat(weights, 8)
      const a2 = v128.load64_splat(weights, 16)
      const a3 = v128.load64_splat(weights, 24)
      const b0 = v128.load64_splat(weights + line)
      const b1 = v128.load64_splat(weights + line, 8)
      const b2 = v128.load64_splat(weights + line, 16)
      const b3 = v128.load64_splat(weights + line, 24)
      for (let to = target; to < end; to += 16) {
        const x0 = v128.load(from)
        const x1 = v128.load(from, PLANE)
        const x2 = v128.load(from, 2 * PLANE)
        const x3 = v128.load(from, 3 * PLANE)
        const a = f64x2.add(
          f64x2.add(f64x2.mul(a0, x0), f64x2.mul(a1, x1)),
          f64x2.add(f64x2.mul(a2, x2), f64x2.mul(a3, x3)),
        )
        const b = f64x2.add(
          f64x2.add(f64x2.mul(b0, x0), f64x2.mul(b1, x1)),
          f64x2.add(f64x2.mul(b2, x2), f64x2.mul(b3, x3)),
        )
        v128.store(to, f64x2.add(v128.load(to), a))
        v128.store(to, f64x2.add(v128.load(to, PLANE), b), PLANE)
        from += 16
      }
      from += 3 * PLANE
      weights += 32
    }
    weights += line
    bias += 16
    target += 2 * PLANE
  }
}

export function bend(values: usize, end: usize, curve: usize): void {
  applyCurve<f64>(values, end, curve)
}

export function sine(values: usize, end: usize, curve: usize): void {
  applySine<f64>(values, end, curve)
}

export function softplus(values: usize, end: usize, curve: usize): void {
  applySoftplus<f64>(values, end, curve)
}

export function relu(values: usize, end: usize): void {
  for (; values < end; values += 16) v128.store(values, f64x2.pmax(v128.load(values), f64x2.splat(0)))
}
