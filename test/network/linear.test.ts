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

/** Runs it in rooms of just the size it asks for. */
function apply({ x, bias, linear }: Pick<ReturnType<typeof layer>, 'x' | 'bias' | 'linear'>): Float64Array {
  const y = new Float64Array(linear.paddedOutputs)
  linear.apply(roomy(x, linear.paddedInputs), offsetOf(bias, linear.paddedOutputs), y)
  return y.slice(0, linear.outputs)
}

function roomy(x: Float32Array, length: number): Float32Array {
  const room = new Float32Array(length)
  room.set(x)
  return room
}

function offsetOf(bias: Float32Array, length: number): Float64Array {
  const offset = new Float64Array(length)
  offset.set(bias)
  return offset
}

function naive({ weights, bias, x }: ReturnType<typeof layer>): number[] {
  const shape = [x.length, bias.length]
  return product(
    x,
    matrixOf({ dtype: '', shape, data: weights }),
    matrixOf({ dtype: '', shape: [shape[1]], data: bias }),
  )
}

describe('the fast product and the naive loop agree', () => {
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
  test('for any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(1000), (n, m, seed) => {
        const all = layer(n, m, seed)
        expect(furthest(apply(all), naive(all))).toBeLessThan(1e-13)
      }),
    )
  })
})

test('weights stand as in the file: a row an input, a column an output', () => {
  const linear = plainLinear({ dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 10, 20, 30) })
  const bias = Float32Array.of(0.5, 0, -0.5)
  expect([...apply({ linear, bias, x: Float32Array.of(1, 0) })]).toEqual([1.5, 2, 2.5])
  expect([...apply({ linear, bias, x: Float32Array.of(0, 1) })]).toEqual([10.5, 20, 29.5])
})

test('int8 weights are scaled by the column', () => {
  const weights = {
    dtype: 'int8' as const,
    shape: [2, 2],
    scale: Float64Array.of(0.5, 2),
    data: Int8Array.of(1, -2, 3, 127),
  }
  const linear = plainLinear(weights)
  expect([...apply({ linear, bias: Float32Array.of(0, 1), x: Float32Array.of(1, 0.5) })]).toEqual([1.25, 124])
})

test('what stands past the inputs is not heard', () => {
  const { linear, x, bias } = layer(3, 5, 1)
  const room = new Float32Array(linear.paddedInputs + 10).fill(1e30)
  room.set(x)
  const y = new Float64Array(linear.paddedOutputs)
  linear.apply(room, offsetOf(bias, linear.paddedOutputs), y)
  expect(y.slice(0, 5)).toEqual(apply({ linear, bias, x }))
})

test('it asks for little more room than it fills, and keeps to it', () => {
  for (const [inputs, outputs] of [
    [3, 5],
    [4, 8],
    [1, 1],
    [503, 2000],
  ] as const) {
    const { linear, x, bias } = layer(inputs, outputs, 2)
    expect([linear.inputs, linear.outputs]).toEqual([inputs, outputs])
    expect(linear.paddedInputs - inputs).toBeLessThan(16)
    expect(linear.paddedOutputs - outputs).toBeLessThan(16)
    const wide = new Float64Array(linear.paddedOutputs + 8).fill(42)
    linear.apply(roomy(x, linear.paddedInputs), offsetOf(bias, linear.paddedOutputs), wide)
    expect(wide.slice(linear.paddedOutputs)).toEqual(new Float64Array(8).fill(42))
  }
})

test('it keeps weights of its own', () => {
  const { linear, weights, bias, x } = layer(3, 5, 3)
  const before = apply({ linear, bias, x })
  weights.fill(0)
  expect(apply({ linear, bias, x })).toEqual(before)
})
