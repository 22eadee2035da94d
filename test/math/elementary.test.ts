import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { circle, exp, log, sigmoid, tanh } from '../../src/math/elementary.ts'

/** Returns from…to in steps of a power of two, which are exact in float64. */
function grid(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, n) => from + n * step)
}

function worst(points: readonly number[], error: (x: number) => number): number {
  let largest = 0
  for (const x of points) {
    const here = error(x)
    if (!(here <= largest)) largest = here // keeps NaN
  }
  return largest
}

describe('exp', () => {
  test('agrees with Math.exp to a relative error of 1e-14 for all normal numbers', () => {
    expect(worst(grid(-708, 709, 1 / 64), (x) => Math.abs(exp(x) / Math.exp(x) - 1))).toBeLessThan(1e-14)
    expect(worst(grid(-2, 2, 1 / 16384), (x) => Math.abs(exp(x) / Math.exp(x) - 1))).toBeLessThan(1e-14)
  })
  test('is 1 at 0, 0 far below it, and finite far above it', () => {
    expect([exp(0), exp(-0)]).toEqual([1, 1])
    expect([exp(-708.1), exp(-1e308), exp(Number.NEGATIVE_INFINITY)]).toEqual([0, 0, 0])
    expect([exp(709.1), exp(1e308), exp(Number.POSITIVE_INFINITY)]).toEqual([2 ** 1023, 2 ** 1023, 2 ** 1023])
  })
  test('returns NaN for NaN, as the others do', () => {
    expect([exp(Number.NaN), sigmoid(Number.NaN), tanh(Number.NaN), log(Number.NaN)]).toEqual(Array(4).fill(Number.NaN))
  })
  test('increases monotonically', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        expect(exp(Math.min(a, b))).toBeLessThanOrEqual(exp(Math.max(a, b)) * (1 + 1e-15))
      }),
    )
  })
})

describe('log', () => {
  test('agrees with Math.log to 1e-15 × (1 + |log|), from the smallest number to the largest', () => {
    const error = (x: number) => Math.abs(log(x) - Math.log(x)) / (1 + Math.abs(Math.log(x)))
    const powers = grid(-1074, 1023, 1).map((k) => 2 ** k)
    expect(worst([...powers, ...powers.map((x) => x * 1.37), Number.MAX_VALUE], error)).toBeLessThan(1e-15)
    expect(worst(grid(1 / 16384, 4, 1 / 16384), error)).toBeLessThan(1e-15)
  })
  test('is 0 at 1, −Infinity at 0, NaN below, Infinity at Infinity', () => {
    expect([log(1), log(0), log(-0), log(-1), log(Number.NEGATIVE_INFINITY), log(Number.POSITIVE_INFINITY)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ])
  })
  test('is the inverse of exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThan(2e-15 * (1 + Math.abs(x)) + 1e-14)
      }),
    )
  })
})

describe('tanh and sigmoid', () => {
  const points = [...grid(-40, 40, 1 / 1024), -1e308, -800, -0, 5e-324, 1e-9, 800, 1e308]
  test('agree with Math to 5e-15', () => {
    expect(worst(points, (x) => Math.abs(tanh(x) - Math.tanh(x)))).toBeLessThan(5e-15)
    expect(worst(points, (x) => Math.abs(sigmoid(x) - 1 / (1 + Math.exp(-x))))).toBeLessThan(5e-15)
  })
  test('stay in −1…1 and 0…1 for all numbers', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(Math.abs(tanh(x))).toBeLessThanOrEqual(1)
        expect(sigmoid(x)).toBeGreaterThanOrEqual(0)
        expect(sigmoid(x)).toBeLessThanOrEqual(1)
        expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 14)
      }),
    )
    expect([tanh(1e308), tanh(-1e308), sigmoid(1e308)]).toEqual([1, -1, 1])
    expect(sigmoid(-1e308)).toBeLessThan(1e-300)
  })
})

describe('circle', () => {
  test('agrees with Math.cos and Math.sin to 1e-15', () => {
    // The bound includes the reference's own error of up to 7e-16: its argument, 2 π × turn, is rounded.
    const turns = grid(0, 1, 1 / 16384)
    expect(worst(turns, (turn) => Math.abs(circle(turn)[0] - Math.cos(2 * Math.PI * turn)))).toBeLessThan(1.7e-15)
    expect(worst(turns, (turn) => Math.abs(circle(turn)[1] - Math.sin(2 * Math.PI * turn)))).toBeLessThan(1.7e-15)
  })
  test('is exact on the axes', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((turn) => circle(turn).map((value) => value + 0))).toEqual([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
      [1, 0],
    ])
  })
  test('has radius 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (turn) => {
        expect(Math.abs(Math.hypot(...circle(turn)) - 1)).toBeLessThan(2e-15)
      }),
    )
  })
})

test('computes the same bits on every machine', () => {
  // The hash records the bits that this arithmetic gives. Every drawing made from a seed depends on each of them.
  const values = [
    ...grid(-750, 750, 7 / 64).map(exp),
    ...grid(-30, 30, 3 / 256).flatMap((x) => [tanh(x), sigmoid(x)]),
    ...grid(-1070, 1020, 1).flatMap((k) => [log(2 ** k), log(2 ** k * 1.625)]),
    ...grid(0, 1, 1 / 2048).flatMap(circle),
  ]
  const bytes = new DataView(new ArrayBuffer(8 * values.length))
  for (const [n, value] of values.entries()) bytes.setFloat64(8 * n, value, true)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(
    '3baf17ba00fdc4b3a7612f66c0032906aa6c6792d18042770c55ff2ff960b976',
  )
})
