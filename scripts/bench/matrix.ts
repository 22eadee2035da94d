import type { Tensor } from '../../src/index.ts'
import { columnsOf, dequantize, sizeOf } from '../../src/math/tensor.ts'

/** Converts a tensor to plain numbers, row by row. */
export function vector(tensor: Tensor): number[] {
  return [...dequantize(tensor)]
}

/** Converts a tensor of two dimensions to an array of rows. */
export function matrix(tensor: Tensor): number[][] {
  const columns = columnsOf(tensor.shape)
  const rows = sizeOf(tensor.shape) / columns
  const values = dequantize(tensor)
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)])
}
