import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columnsOf, dequantize, type Float32Tensor, quantize, sizeOf } from '../../src/math/tensor.ts'

const tensors = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: rows * columns, maxLength: rows * columns })
      .map((values): Float32Tensor => ({ dtype: 'float32', shape: [rows, columns], data: Float32Array.from(values) })),
  )

test('sizeOf and columnsOf read a shape', () => {
  expect([sizeOf([3, 2000]), columnsOf([3, 2000])]).toEqual([6000, 2000])
  expect([sizeOf([121]), columnsOf([121])]).toEqual([121, 121])
})

describe('dequantize', () => {
  test('returns data × scale[column], row by row', () => {
    const data = Int8Array.of(1, -2, 127, -128, 0, 5)
    const scale = Float64Array.of(0.5, 2, 0.25)
    expect(dequantize({ dtype: 'int8', shape: [2, 3], scale, data })).toEqual(
      Float32Array.of(0.5, -4, 31.75, -64, 0, 1.25),
    )
  })
  test('returns float32 unchanged', () => {
    const data = Float32Array.of(1, -0, 1e-45)
    expect(dequantize({ dtype: 'float32', shape: [3], data })).toEqual(data)
  })
})

describe('quantize', () => {
  test('has an error of at most half a step of the column', () => {
    fc.assert(
      fc.property(tensors, (tensor) => {
        const { shape, scale, data } = quantize(tensor)
        const columns = columnsOf(tensor.shape)
        expect(shape).toEqual(tensor.shape)
        for (const [n, value] of tensor.data.entries()) {
          const step = scale[n % columns]
          expect(Math.abs(data[n] * step - value)).toBeLessThanOrEqual((step / 2) * (1 + 1e-12))
        }
      }),
    )
  })
  test('scales each column so that its largest value is ±127', () => {
    const tensor: Float32Tensor = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, -1000, 0, -4, 10, 0) }
    const { scale, data } = quantize(tensor)
    expect([...data]).toEqual([32, -127, 0, -127, 1, 0])
    expect([...scale]).toEqual([4 / 127, 1000 / 127, 0])
  })
  test('returns int8 unchanged, and is idempotent', () => {
    fc.assert(
      fc.property(tensors, (tensor) => {
        const once = quantize(tensor)
        expect(quantize(once)).toBe(once)
        const again = quantize({ dtype: 'float32', shape: once.shape, data: dequantize(once) })
        expect(again.data).toEqual(once.data)
      }),
    )
  })
})
