import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { density, nll } from '../../src/network/density.ts'
import { mixtureFromLogits } from '../../src/network/mixture.ts'
import { sampleMixture } from '../../src/network/sampler.ts'
import { logitCount } from '../../src/weights/logit-count.ts'
import { PARTS } from '../fixtures/mixtures.ts'
import { furthest, mixtureOf } from '../reference/float64-network.ts'

describe('mixtureFromLogits', () => {
  test.each([1, 2, 3, 7, 20])('agrees with float64 to 1e-6 for %i components', (M) => {
    const random = new Random(M)
    const logits = Float64Array.from({ length: logitCount(M) }, () => 2 * random.normal())
    const got = mixtureFromLogits(logits, M)
    const expected = mixtureOf([...logits])
    expect(logits.length).toBe(1 + 6 * M)
    expect(got.eos).toBeCloseTo(expected.eos, 12)
    for (const part of PARTS) {
      const largest = Math.max(1, ...expected[part].map(Math.abs))
      expect(furthest(got[part], expected[part]) / largest).toBeLessThan(1e-6)
    }
  })
  test('ignores what follows the last logit', () => {
    const logits = Float64Array.from({ length: 16 }, (_, n) => n / 10)
    expect(mixtureFromLogits(logits, 2)).toEqual(mixtureFromLogits(logits.slice(0, 13), 2))
  })
  test('returns a valid mixture for any finite logits', () => {
    const logit = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }),
      fc.double({ min: -50, max: 50, noNaN: true }),
    )
    const size = fc.integer({ min: 1, max: 6 })
    const logits = size.chain((M) => fc.array(logit, { minLength: 1 + 6 * M, maxLength: 1 + 6 * M }))
    fc.assert(
      fc.property(logits, fc.double({ min: 0, max: 5, noNaN: true }), fc.nat(), (values, T, seed) => {
        const M = (values.length - 1) / 6
        const got = mixtureFromLogits(Float64Array.from(values), M)
        for (const part of PARTS) expect(got[part].every(Number.isFinite)).toBe(true)
        expect(got.pi.reduce((sum, pi) => sum + pi, 0)).toBeCloseTo(1, 5)
        expect(got.pi.every((pi) => pi >= 0)).toBe(true)
        expect(got.sigma1.every((sigma) => sigma > 0) && got.sigma2.every((sigma) => sigma > 0)).toBe(true)
        expect(got.rho.every((rho) => Math.abs(rho) < 1)).toBe(true)
        expect(got.eos).toBeGreaterThanOrEqual(0)
        expect(got.eos).toBeLessThanOrEqual(1)
        expect(sampleMixture(got, T, new Random(seed)).every(Number.isFinite)).toBe(true)
        expect(density(got, values[0], values[1])).toBeGreaterThanOrEqual(0)
        expect(nll(got, [values[0], values[1], 1])).not.toBeNaN()
      }),
      { numRuns: 300 },
    )
  })
})
