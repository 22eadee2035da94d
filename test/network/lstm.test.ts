import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { sizeOf } from '../../src/math/tensor.ts'
import { copyState, Lstm, zeroState } from '../../src/network/lstm.ts'
import { smallWeights } from '../fixtures/small-weights.ts'
import { type Float64State, float64Weights, furthest, lstmStep } from '../reference/float64-network.ts'

function network(units: number, seed = 1, spread = 0.5) {
  const { tensors } = smallWeights(units, 1, { seed, spread })
  const lstm = new Lstm(tensors.inputWeights, tensors.recurrentWeights, tensors.bias)
  return { lstm, reference: float64Weights(tensors) }
}

describe('h and c agree with float64 to 1e-5 over 60 steps', () => {
  test.each([1, 2, 3, 5, 8, 33])('%i units', (units) => {
    const { lstm, reference } = network(units, units)
    const random = new Random(units)
    let state = zeroState(units)
    let expected: Float64State = { h: [...state.h], c: [...state.c] }
    for (let n = 0; n < 60; n++) {
      const input = [random.normal(), random.normal(), n % 7 ? 0 : 1]
      state = lstm.step(input, state)
      expected = lstmStep(reference, input, expected)
      expect(furthest(state.h, expected.h)).toBeLessThan(1e-5)
      expect(furthest(state.c, expected.c)).toBeLessThan(1e-5)
    }
    expect(Math.hypot(...state.h)).toBeGreaterThan(0.01) // not a comparison of zeros
  })
})

function zeros(shape: number[]) {
  return { dtype: 'float32' as const, shape, data: new Float32Array(sizeOf(shape)) }
}

describe('gates are in the order i, g, f, o', () => {
  // One unit with zero weights: the biases are the gates; ±50 saturates them.
  const cell = (i: number, g: number, f: number, o: number) =>
    new Lstm(zeros([3, 4]), zeros([1, 4]), { ...zeros([4]), data: Float32Array.of(i, g, f, o) }).step([0, 0, 0], {
      h: Float32Array.of(0.2),
      c: Float32Array.of(0.5),
    })
  test('i admits g', () => {
    expect(cell(50, 50, -50, 50).c[0]).toBeCloseTo(1, 6)
    expect(cell(50, -50, -50, 50).c[0]).toBeCloseTo(-1, 6)
    expect(cell(-50, 50, -50, 50).c[0]).toBeCloseTo(0, 6)
  })
  test('f keeps the cell state', () => {
    expect(cell(-50, 50, 50, 50).c[0]).toBeCloseTo(0.5, 6)
  })
  test('o exposes the cell state', () => {
    expect(cell(-50, 0, 50, 50).h[0]).toBeCloseTo(Math.tanh(0.5), 6)
    expect(cell(-50, 0, 50, -50).h[0]).toBeCloseTo(0, 6)
  })
})

test('sizes come from the weights', () => {
  const { lstm } = network(7)
  expect([lstm.inputs, lstm.units]).toEqual([3, 7])
})

test('a step does not change the old state, and shares no memory with the new one', () => {
  const { lstm } = network(6)
  const state = lstm.step([1, -2, 1], zeroState(6))
  const before = copyState(state)
  const one = lstm.step([0.3, 0.4, 0], state)
  const kept = copyState(one)
  const other = lstm.step([-3, 1, 1], state)
  expect(state).toEqual(before)
  expect(one).toEqual(kept)
  expect(other).not.toEqual(one)
  expect(new Set([state.h, state.c, one.h, one.c, other.h, other.c].map((part) => part.buffer)).size).toBe(6)
})

test('a step depends on nothing but its arguments', () => {
  const { lstm } = network(5)
  const state = lstm.step([1, 1, 0], zeroState(5))
  const expected = lstm.step([0.5, 0, 0], state)
  lstm.step([100, -100, 1], { h: new Float32Array(5).fill(1), c: new Float32Array(5).fill(9) })
  expect(lstm.step([0.5, 0, 0], state)).toEqual(expected)
})

test('h stays within ±1 and c grows by at most 1 per step, for weights and inputs of any size', () => {
  const value = fc.double({ min: -1e4, max: 1e4, noNaN: true })
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.constantFrom(0.1, 10, 1e6),
      fc.array(fc.tuple(value, value, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 50 }),
      (seed, spread, inputs) => {
        const { lstm } = network(3, seed, spread)
        let state = zeroState(3)
        for (const [n, input] of inputs.entries()) {
          state = lstm.step(input, state)
          expect(state.h.every((h) => Math.abs(h) <= 1)).toBe(true)
          expect(state.c.every((c) => Math.abs(c) <= n + 1)).toBe(true)
        }
      },
    ),
  )
})

test('zeroState and copyState create new arrays', () => {
  const zero = zeroState(4)
  expect(zero).toEqual({ h: new Float32Array(4), c: new Float32Array(4) })
  const state = { h: Float32Array.of(1, 2), c: Float32Array.of(3, 4) }
  const copy = copyState(state)
  expect(copy).toEqual(state)
  copy.h[0] = copy.c[1] = 9
  expect(state).toEqual({ h: Float32Array.of(1, 2), c: Float32Array.of(3, 4) })
})
