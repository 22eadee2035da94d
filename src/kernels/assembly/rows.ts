// Products with float32 weights: the network's input, what the window sees, and the window's parameters.

import { two } from './float64'

/**
 * Computes y += value × row.
 * @param row float32 (count); y float64 (count); count a multiple of 4
 */
export function addRow(row: usize, y: usize, count: i32, value: f64): void {
  const factor = f64x2.splat(value)
  const end: usize = row + (count << 2)
  for (; row < end; row += 16, y += 32) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(two(row), factor)))
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(two(row + 8), factor)), 16)
  }
}

/**
 * Computes y = offset + x W, two inputs at a time, as `addProducts` does in network/linear.ts.
 * @param weights float32 (inputs, count); x float32 (inputs); offset, y float64 (count)
 * @param inputs a multiple of 2
 * @param count a multiple of 4
 */
export function productOfFloats(weights: usize, x: usize, inputs: i32, count: i32, offset: usize, y: usize): void {
  const row: usize = count << 2
  const end: usize = x + (inputs << 2)
  for (let column: usize = 0; column < row; column += 16) {
    let first = f64x2.splat(0.0)
    let second = f64x2.splat(0.0)
    let at = weights + column
    for (let input = x; input < end; input += 8) {
      const a = f64x2.splat(f32.load(input))
      const b = f64x2.splat(f32.load(input, 4))
      first = f64x2.add(first, f64x2.add(f64x2.mul(two(at), a), f64x2.mul(two(at + row), b)))
      second = f64x2.add(second, f64x2.add(f64x2.mul(two(at + 8), a), f64x2.mul(two(at + row + 8), b)))
      at += 2 * row
    }
    const out = y + 2 * column
    v128.store(out, f64x2.add(v128.load(offset + 2 * column), first))
    v128.store(out, f64x2.add(v128.load(offset + 2 * column, 16), second), 16)
  }
}
