import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { mixtureFromLogits } from '../../src/network/mixture.ts'
import { sampleLogits, sampleMixture, temper } from '../../src/network/sampler.ts'
import type { Temperature } from '../../src/network/temperature.ts'
import { logitCount } from '../../src/weights/logit-count.ts'
import { CLOUD, ISLANDS, mixture, PARTS } from '../fixtures/mixtures.ts'
import { type Float64Mixture, furthest } from '../reference/float64-network.ts'

/** Applies a temperature by its definition, with powers. */
function atTemperature(parts: Float64Mixture, T: number): Float64Mixture {
  const best = Math.max(...parts.pi)
  const powers = parts.pi.map((pi) => (T === 0 ? Number(pi === best) : pi ** (1 / T)))
  const total = powers.reduce((sum, power) => sum + power)
  return {
    ...parts,
    pi: powers.map((power) => power / total),
    sigma1: parts.sigma1.map((sigma) => sigma * T),
    sigma2: parts.sigma2.map((sigma) => sigma * T),
  }
}

/** Returns the mean and covariance of a mixture: those within the components plus those of their means. */
function moments({ pi, mu1, mu2, sigma1, sigma2, rho }: Float64Mixture) {
  const expect = (value: (k: number) => number) => pi.reduce((sum, weight, k) => sum + weight * value(k), 0)
  const mean1 = expect((k) => mu1[k])
  const mean2 = expect((k) => mu2[k])
  return {
    mean1,
    mean2,
    variance1: expect((k) => sigma1[k] ** 2 + (mu1[k] - mean1) ** 2),
    variance2: expect((k) => sigma2[k] ** 2 + (mu2[k] - mean2) ** 2),
    covariance: expect((k) => rho[k] * sigma1[k] * sigma2[k] + (mu1[k] - mean1) * (mu2[k] - mean2)),
  }
}

const COUNT = 100_000

/** Expects the mean of some values to be within 4.5 standard errors of a number. */
function expectMean(values: Float64Array, expected: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4.5 * Math.sqrt(variance / values.length) + 1e-6)
}

describe.each([0, 0.3, 0.65, 1, 1.5])('100,000 samples at temperature %d', (T) => {
  const sample = (parts: Float64Mixture, seed: number) => {
    const random = new Random(seed)
    const from = mixture(parts)
    return Array.from({ length: COUNT }, () => sampleMixture(from, T, random))
  }
  const samples = sample(CLOUD, 21)
  const column = (value: (dx: number, dy: number, pen: number) => number) =>
    Float64Array.from(samples, ([dx, dy, pen]) => value(dx, dy, pen))

  test('have the means, variances, and covariance of the mixture', () => {
    const { mean1, mean2, variance1, variance2, covariance } = moments(atTemperature(CLOUD, T))
    expectMean(
      column((dx) => dx),
      mean1,
    )
    expectMean(
      column((_, dy) => dy),
      mean2,
    )
    expectMean(
      column((dx) => (dx - mean1) ** 2),
      variance1,
    )
    expectMean(
      column((_, dy) => (dy - mean2) ** 2),
      variance2,
    )
    expectMean(
      column((dx, dy) => (dx - mean1) * (dy - mean2)),
      covariance,
    )
  })
  test('lift the pen with probability eos, independently of temperature and movement', () => {
    const { mean1 } = moments(atTemperature(CLOUD, T))
    expect(samples.every(([, , pen]) => pen === 0 || pen === 1)).toBe(true)
    expectMean(
      column((_, __, pen) => pen),
      CLOUD.eos,
    )
    expectMean(
      column((dx, _, pen) => (pen - CLOUD.eos) * (dx - mean1)),
      0,
    )
  })
  test('come from each component with probability ∝ pi^(1/T), with its own covariance', () => {
    const tempered = atTemperature(ISLANDS, T)
    const all = sample(ISLANDS, 22)
    for (let k = 0; k < 4; k++) {
      const own = all.filter(([dx]) => Math.round(dx / 1000) === k)
      expectMean(
        Float64Array.from(all, ([dx]) => Number(Math.round(dx / 1000) === k)),
        tempered.pi[k],
      )
      const of = (value: (a: number, b: number) => number) =>
        Float64Array.from(own, ([dx, dy]) => value(dx - ISLANDS.mu1[k], dy - ISLANDS.mu2[k]))
      const [s1, s2] = [tempered.sigma1[k], tempered.sigma2[k]]
      if (own.length < 100) continue
      expectMean(
        of((a) => a),
        0,
      )
      expectMean(
        of((_, b) => b),
        0,
      )
      expectMean(
        of((a) => a * a),
        s1 * s1,
      )
      expectMean(
        of((_, b) => b * b),
        s2 * s2,
      )
      expectMean(
        of((a, b) => a * b),
        tempered.rho[k] * s1 * s2,
      )
    }
  })
  test('agree with temper', () => {
    const tempered = temper(mixture(CLOUD), T)
    const expected = atTemperature(CLOUD, T)
    for (const part of PARTS) expect(furthest(tempered[part], expected[part])).toBeLessThan(1e-6)
    expect(tempered.eos).toBe(CLOUD.eos)
  })
})

describe('sampleMixture', () => {
  test('returns the mean of the most likely component at temperature 0, of the first if several are equally likely', () => {
    const random = new Random(1)
    const parts = { ...CLOUD, pi: [0.1, 0.2, 0.5, 0.2] }
    for (let n = 0; n < 100; n++) expect(sampleMixture(mixture(parts), 0, random).slice(0, 2)).toEqual([-1, 2])
    const tied = { ...CLOUD, pi: [0.2, 0.4, 0.4, 0] }
    for (let n = 0; n < 100; n++) expect(sampleMixture(mixture(tied), 0, random).slice(0, 2)).toEqual([1.5, -0.5])
  })
  test('approaches that as the temperature falls', () => {
    const random = new Random(2)
    for (const T of [0.02, 1e-3, 1e-10, 1e-300, 5e-324])
      for (let n = 0; n < 100; n++) {
        const [dx, dy] = sampleMixture(mixture(CLOUD), T, random)
        expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(5 * T * CLOUD.sigma1[0])
      }
  })
  test('takes four uniform numbers at any temperature', () => {
    for (const T of [0, 0.5, 2]) {
      const [a, b] = [new Random(3), new Random(3)]
      sampleMixture(mixture(CLOUD), T, a)
      for (let n = 0; n < 4; n++) b.uniform()
      expect(a.uniform()).toBe(b.uniform())
    }
  })
  test('does not change the mixture', () => {
    const from = mixture(CLOUD)
    for (const T of [0, 0.3, 1, 2]) {
      sampleMixture(from, T, new Random(1))
      temper(from, T)
    }
    expect(from).toEqual(mixture(CLOUD))
  })
  test('returns finite numbers even if mixture weights have underflowed or are NaN', () => {
    for (const pi of [[0, 0, 0, 0], [0, 0, 1e-45, 0], [1e-45, 1e-45, 1e-45, 1e-45], Array(4).fill(Number.NaN)])
      for (const T of [0, 1e-300, 0.1, 0.65, 1, 1.5, 100])
        for (let seed = 0; seed < 20; seed++)
          expect(sampleMixture(mixture({ ...CLOUD, pi }), T, new Random(seed)).every(Number.isFinite)).toBe(true)
  })
  test('temper keeps weights that have all underflowed', () => {
    const { pi } = temper(mixture({ ...CLOUD, pi: [0, 0, 0, 0] }), 0.5)
    expect([...pi]).toEqual([0, 0, 0, 0])
  })
  test('samples the remaining components if others have underflowed', () => {
    const random = new Random(4)
    const left = mixture({ ...ISLANDS, pi: [0, 1e-45, 0, 0] })
    for (const T of [0, 0.1, 1, 3])
      for (let n = 0; n < 50; n++) expect(Math.round(sampleMixture(left, T, random)[0] / 1000)).toBe(1)
  })
})

describe('sampleLogits', () => {
  test.each([0, 0.3, 1, 1.7])('agrees with sampling the decoded mixture at temperature %d', (T) => {
    const random = new Random(9)
    for (let seed = 0; seed < 200; seed++) {
      const M = 1 + (seed % 20)
      const logits = Float64Array.from({ length: logitCount(M) }, () => 2 * random.normal())
      const [a, b] = [new Random(seed), new Random(seed)]
      const expected = sampleMixture(mixtureFromLogits(logits, M), T, a)
      const [dx, dy, pen] = sampleLogits(logits, M, T, b)
      expect(Math.hypot(dx - expected[0], dy - expected[1])).toBeLessThan(1e-5 * (1 + Math.hypot(dx, dy)))
      expect(pen).toBe(expected[2])
      expect(b.uniform()).toBe(a.uniform())
    }
  })
})

describe('temperature', () => {
  const random = new Random(1)
  test.each([Number.NaN, -0.1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'throws a RangeError for %d',
    (T) => {
      const before = JSON.stringify(random)
      for (const call of [() => sampleMixture(mixture(CLOUD), T, random), () => temper(mixture(CLOUD), T)]) {
        expect(call).toThrow(RangeError)
        expect(call).toThrow(`Expected temperature to be a finite number of at least 0, got ${T}.`)
      }
      expect(JSON.stringify(random)).toBe(before)
    },
  )
  test.each(['0.5', null, undefined, 1n])('throws a TypeError for %o', (T) => {
    for (const call of [
      () => sampleMixture(mixture(CLOUD), T as unknown as number, random),
      () => temper(mixture(CLOUD), T as unknown as number),
    ]) {
      expect(call).toThrow(TypeError)
      expect(call).toThrow(`Expected temperature to be a number of at least 0, got ${String(T)}.`)
    }
  })
  test.each([{}, [1], { spread: 1 }, { choice: 1 }])('throws a TypeError for %j, which lacks a part', (T) => {
    const call = () => sampleMixture(mixture(CLOUD), T as Temperature, new Random(1))
    expect(call).toThrow(TypeError)
    expect(call).toThrow(/^Expected (spread|choice) to be a number of at least 0, got undefined\.$/)
  })
  test('applies spread to sigma and choice to pi', () => {
    const pdf = mixture(CLOUD)
    expect(temper(pdf, { spread: 0.5, choice: 0.5 })).toEqual(temper(pdf, 0.5))
    expect(temper(pdf, { spread: 0.5, choice: 1 }).pi).toEqual(pdf.pi)
    expect(temper(pdf, { spread: 1, choice: 0.5 }).sigma1).toEqual(pdf.sigma1)
    expect(temper(pdf, { spread: 1, choice: 0.5 }).pi).toEqual(temper(pdf, 0.5).pi)
  })
})
