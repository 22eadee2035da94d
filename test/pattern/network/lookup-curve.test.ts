import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Activation, activations } from '../../../src/pattern/network/activation.ts'
import { applyCurve, at, tabulate } from '../../../src/pattern/network/lookup-curve.ts'

const functions: Record<Activation, (z: number) => number> = {
  tanh: Math.tanh,
  sine: Math.sin,
  softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  relu: (z) => Math.max(z, 0),
  gaussian: (z) => Math.exp(-z * z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  linear: (z) => z,
}

test.each(Object.keys(functions) as Activation[])(
  '%s has an error below 2e-8, near 0 and far from it',
  (activation) => {
    const check = (z: number) => {
      const values = new Float64Array([7, z, 7])
      activations[activation](values, 1, 2)
      expect(values[0]).toBe(7)
      expect(values[2]).toBe(7)
      expect(Math.abs(values[1] - functions[activation](z))).toBeLessThan(2e-8)
    }
    for (const z of [0, -0, 1e-9, 5, -5, 10, -10, 20, -20, 1000, -1000]) check(z)
    fc.assert(fc.property(fc.double({ min: -30, max: 30, noNaN: true }), check), { numRuns: 2000 })
  },
)

test('a curve goes through its ends, is continuous, and is constant outside', () => {
  const curve = tabulate((x) => x * x * x, -1, 2, 30)
  expect(at(curve, -1)).toBeCloseTo(-1, 12)
  expect(at(curve, 2)).toBeCloseTo(8, 12)
  expect(at(curve, 1e9)).toBe(8)
  expect(at(curve, -1e9)).toBe(at(curve, -1))
  for (let x = -1; x < 2; x += 0.1) expect(at(curve, x + 1e-9) - at(curve, x - 1e-9)).toBeLessThan(1e-7)
  const values = Float64Array.from({ length: 100 }, (_, n) => n / 20 - 2)
  const bent = values.slice()
  applyCurve(curve, bent, 0, 100)
  expect(bent).toEqual(values.map((x) => at(curve, x)))
})
