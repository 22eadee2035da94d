import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { plainLinear } from '../../src/network/linear.ts'
import { furthest, matrixOf, product } from '../reference/float64-network.ts'

function layer(inputs: number, outputs: number, seed: number) {
  const random = new Random(seed)
  const numbers = (length: number) => Float32Array.from({ length }, () => random.normal())
  const [weights, bias, x] = [numbers(inputs * outputs), numbers(outputs), numbers(inputs)]
  return { weights, bias, x, linear: plainLinear({ dtype: 'float32', shape: [inputs, outputs], data: weights }) }
}

function apply({ x, bias, linear }: Pick<ReturnType<typeof layer>, 'x' | 'bias' | 'linear'>): Float64Array {
  const y = new Float64Array(linear.outputs)
  linear.apply(x, Float64Array.from(bias), y)
  return y
}

function naive({ weights, bias, x }: ReturnType<typeof layer>): number[] {
  const shape = [x.length, bias.length]
  return product(
    x,
    matrixOf({ dtype: '', shape, data: weights }),
    matrixOf({ dtype: '', shape: [shape[1]], data: bias }),
  )
}

describe('the product agrees with float64', () => {
  test.each([
    [1, 1],
    [1, 4],
    [2, 1],
    [3, 5],
    [4, 8],
    [7, 13],
    [8, 6],
    [503, 2000],
    [500, 121],
    [501, 7],
  ])('%i inputs, %i outputs', (inputs, outputs) => {
    const all = layer(inputs, outputs, inputs * 10_000 + outputs)
    expect(furthest(apply(all), naive(all))).toBeLessThan(1e-12)
  })
  test('for random sizes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(1000), (n, m, seed) => {
        const all = layer(n, m, seed)
        expect(furthest(apply(all), naive(all))).toBeLessThan(1e-13)
      }),
    )
  })
})

test('weights have a row per input and a column per output', () => {
  const linear = plainLinear({ dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 10, 20, 30) })
  const bias = Float32Array.of(0.5, 0, -0.5)
  expect([...apply({ linear, bias, x: Float32Array.of(1, 0) })]).toEqual([1.5, 2, 2.5])
  expect([...apply({ linear, bias, x: Float32Array.of(0, 1) })]).toEqual([10.5, 20, 29.5])
})

test('int8 weights are scaled per column', () => {
  const weights = {
    dtype: 'int8' as const,
    shape: [2, 2],
    scale: Float64Array.of(0.5, 2),
    data: Int8Array.of(1, -2, 3, 127),
  }
  const linear = plainLinear(weights)
  expect([...apply({ linear, bias: Float32Array.of(0, 1), x: Float32Array.of(1, 0.5) })]).toEqual([1.25, 124])
})

test('y may be the same array as the offset', () => {
  const { linear, x, bias } = layer(3, 5, 2)
  const offset = Float64Array.from(bias)
  linear.apply(x, offset, offset)
  expect(offset).toEqual(apply({ linear, bias, x }))
})

test('the weights are copied', () => {
  const { linear, weights, bias, x } = layer(3, 5, 3)
  const before = apply({ linear, bias, x })
  weights.fill(0)
  expect(apply({ linear, bias, x })).toEqual(before)
})
