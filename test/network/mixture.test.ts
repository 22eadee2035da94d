import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import {
  density,
  logitCount,
  type Mixture,
  mixtureFromLogits,
  nll,
  sampleMixture,
  temper,
} from '../../src/network/mixture.ts'
import type { Temperature } from '../../src/network/temperature.ts'
import { densityOf, type Float64Mixture, furthest, mixtureOf } from '../reference/float64-network.ts'

const PARTS = ['pi', 'mu1', 'mu2', 'sigma1', 'sigma2', 'rho'] as const

function mixture(parts: Float64Mixture): Mixture {
  const { pi, mu1, mu2, sigma1, sigma2, rho, eos } = parts
  const row = (values: number[]) => Float32Array.from(values)
  return { pi: row(pi), mu1: row(mu1), mu2: row(mu2), sigma1: row(sigma1), sigma2: row(sigma2), rho: row(rho), eos }
}

/** Three wide distributions that overlap, and one that is rare. */
const CLOUD: Float64Mixture = {
  pi: [0.5, 0.3, 0.15, 0.05],
  mu1: [0, 1.5, -1, 4],
  mu2: [0, -0.5, 2, 4],
  sigma1: [0.5, 0.25, 1, 0.125],
  sigma2: [0.25, 0.75, 0.5, 0.5],
  rho: [0.75, -0.5, 0, 0.9375],
  eos: 0.125,
}
/** Far apart and narrow, so that each draw tells which component it is of. */
const ISLANDS: Float64Mixture = {
  ...CLOUD,
  mu1: [0, 1000, 2000, 3000],
  mu2: [3000, 2000, 1000, 0],
}

/** The definition of temperature, by powers. */
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

/** Means and covariances of a mixture: those of the components, and of their means around the mean. */
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

/** That the mean of the values is what was expected, within 4.5 of their own standard errors. */
function expectMean(values: Float64Array, expected: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4.5 * Math.sqrt(variance / values.length) + 1e-6)
}

describe.each([0, 0.3, 0.65, 1, 1.5])('100,000 draws at temperature %d', (T) => {
  const draw = (parts: Float64Mixture, seed: number) => {
    const random = new Random(seed)
    const from = mixture(parts)
    return Array.from({ length: COUNT }, () => sampleMixture(from, T, random))
  }
  const draws = draw(CLOUD, 21)
  const column = (value: (dx: number, dy: number, pen: number) => number) =>
    Float64Array.from(draws, ([dx, dy, pen]) => value(dx, dy, pen))

  test('have the means, the variances and the covariance that the mixture says', () => {
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
  test('lift the pen as often as eos says, whatever the temperature and the movement', () => {
    const { mean1 } = moments(atTemperature(CLOUD, T))
    expect(draws.every(([, , pen]) => pen === 0 || pen === 1)).toBe(true)
    expectMean(
      column((_, __, pen) => pen),
      CLOUD.eos,
    )
    expectMean(
      column((dx, _, pen) => (pen - CLOUD.eos) * (dx - mean1)),
      0,
    )
  })
  test('come from each component as often as pi^(1/T) says, each with its own spread and tilt', () => {
    const tempered = atTemperature(ISLANDS, T)
    const drawn = draw(ISLANDS, 22)
    for (let k = 0; k < 4; k++) {
      const own = drawn.filter(([dx]) => Math.round(dx / 1000) === k)
      expectMean(
        Float64Array.from(drawn, ([dx]) => Number(Math.round(dx / 1000) === k)),
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
  test('temper says the same mixture', () => {
    const tempered = temper(mixture(CLOUD), T)
    const expected = atTemperature(CLOUD, T)
    for (const part of PARTS) expect(furthest(tempered[part], expected[part])).toBeLessThan(1e-6)
    expect(tempered.eos).toBe(CLOUD.eos)
  })
})

describe('sampleMixture', () => {
  test('at temperature 0 answers with the mean of the likeliest component', () => {
    const random = new Random(1)
    const parts = { ...CLOUD, pi: [0.1, 0.2, 0.5, 0.2] }
    for (let n = 0; n < 100; n++) expect(sampleMixture(mixture(parts), 0, random).slice(0, 2)).toEqual([-1, 2])
    const tied = { ...CLOUD, pi: [0.2, 0.4, 0.4, 0] }
    for (let n = 0; n < 100; n++) expect(sampleMixture(mixture(tied), 0, random).slice(0, 2)).toEqual([1.5, -0.5])
  })
  test('comes to that by and by as the temperature falls', () => {
    const random = new Random(2)
    for (const T of [0.02, 1e-3, 1e-10, 1e-300, 5e-324])
      for (let n = 0; n < 100; n++) {
        const [dx, dy] = sampleMixture(mixture(CLOUD), T, random)
        expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(5 * T * CLOUD.sigma1[0])
      }
  })
  test('takes four uniforms, whatever comes', () => {
    for (const T of [0, 0.5, 2]) {
      const [a, b] = [new Random(3), new Random(3)]
      sampleMixture(mixture(CLOUD), T, a)
      for (let n = 0; n < 4; n++) b.uniform()
      expect(a.uniform()).toBe(b.uniform())
    }
  })
  test('leaves the mixture as it was', () => {
    const from = mixture(CLOUD)
    for (const T of [0, 0.3, 1, 2]) {
      sampleMixture(from, T, new Random(1))
      temper(from, T)
    }
    expect(from).toEqual(mixture(CLOUD))
  })
  test('answers with finite numbers, also where mixture weights have underflowed', () => {
    for (const pi of [[0, 0, 0, 0], [0, 0, 1e-45, 0], [1e-45, 1e-45, 1e-45, 1e-45], Array(4).fill(Number.NaN)])
      for (const T of [0, 1e-300, 0.1, 0.65, 1, 1.5, 100])
        for (let seed = 0; seed < 20; seed++)
          expect(sampleMixture(mixture({ ...CLOUD, pi }), T, new Random(seed)).every(Number.isFinite)).toBe(true)
  })
  test('and so does temper, of what is left to say', () => {
    const { pi } = temper(mixture({ ...CLOUD, pi: [0, 0, 0, 0] }), 0.5)
    expect([...pi]).toEqual([0, 0, 0, 0])
  })
  test('goes on with the components that are left where others have underflowed', () => {
    const random = new Random(4)
    const left = mixture({ ...ISLANDS, pi: [0, 1e-45, 0, 0] })
    for (const T of [0, 0.1, 1, 3])
      for (let n = 0; n < 50; n++) expect(Math.round(sampleMixture(left, T, random)[0] / 1000)).toBe(1)
  })
})

describe('a temperature', () => {
  const random = new Random(1)
  test.each([Number.NaN, -0.1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('of %d is a RangeError', (T) => {
    const before = JSON.stringify(random)
    for (const call of [() => sampleMixture(mixture(CLOUD), T, random), () => temper(mixture(CLOUD), T)]) {
      expect(call).toThrow(RangeError)
      expect(call).toThrow(`Expected temperature to be a finite number of at least 0, got ${T}.`)
    }
    expect(JSON.stringify(random)).toBe(before)
  })
  test.each(['0.5', null, undefined, 1n])('that is %o, no number, is a TypeError', (T) => {
    for (const call of [
      () => sampleMixture(mixture(CLOUD), T as unknown as number, random),
      () => temper(mixture(CLOUD), T as unknown as number),
    ]) {
      expect(call).toThrow(TypeError)
      expect(call).toThrow(`Expected temperature to be a number of at least 0, got ${String(T)}.`)
    }
  })
  test.each([{}, [1], { spread: 1 }, { choice: 1 }])('that is %j, without both parts, is a TypeError', (T) => {
    const call = () => sampleMixture(mixture(CLOUD), T as Temperature, new Random(1))
    expect(call).toThrow(TypeError)
    expect(call).toThrow(/^Expected (spread|choice) to be a number of at least 0, got undefined\.$/)
  })
  test('given as spread and choice does one thing each', () => {
    const pdf = mixture(CLOUD)
    expect(temper(pdf, { spread: 0.5, choice: 0.5 })).toEqual(temper(pdf, 0.5))
    expect(temper(pdf, { spread: 0.5, choice: 1 }).pi).toEqual(pdf.pi)
    expect(temper(pdf, { spread: 1, choice: 0.5 }).sigma1).toEqual(pdf.sigma1)
    expect(temper(pdf, { spread: 1, choice: 0.5 }).pi).toEqual(temper(pdf, 0.5).pi)
  })
})

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
  test('reads no further than it should', () => {
    const logits = Float64Array.from({ length: 16 }, (_, n) => n / 10)
    expect(mixtureFromLogits(logits, 2)).toEqual(mixtureFromLogits(logits.slice(0, 13), 2))
  })
  test('stays a mixture for any finite logits', () => {
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

describe('density', () => {
  const cloud = mixture(CLOUD)
  test('is that of Graves 2013, equations 23 to 25', () => {
    const random = new Random(6)
    for (let n = 0; n < 300; n++) {
      const [dx, dy] = [4 * random.normal(), 4 * random.normal()]
      const expected = densityOf(CLOUD, dx, dy)
      expect(Math.abs(density(cloud, dx, dy) - expected)).toBeLessThan(1e-6 * expected + 1e-200)
    }
  })
  test.each([0.5, 1, 1.5])('sums up to 1 over the plane, at temperature %d too', (T) => {
    const tempered = temper(cloud, T)
    const step = T / 24
    let sum = 0
    for (let dx = -1 - 6 * T; dx < 4 + 2 * T; dx += step)
      for (let dy = -0.5 - 5 * T; dy < 4 + 4 * T; dy += step) sum += density(tempered, dx, dy) * step * step
    expect(sum).toBeCloseTo(1, 5)
  })
  test('keeps its digits where dx and dy nearly follow from each other', () => {
    const thin = mixture({ pi: [1], mu1: [0], mu2: [0], sigma1: [1], sigma2: [1], rho: [1 - 2 ** -19], eos: 0.5 })
    const free = 1 - thin.rho[0] ** 2
    expect(density(thin, 3, 3) * 2 * Math.PI * Math.sqrt(free)).toBeCloseTo(Math.exp(-4.5 * (2 / (1 + thin.rho[0]))), 9)
  })
  test('is never NaN, however far away', () => {
    for (const far of [1e10, 1e150, 1e200, 1e300, -1e300])
      for (const other of [0, far, -far]) {
        expect(density(cloud, far, other)).toBe(0)
        expect(nll(cloud, [far, other, 0])).toBeGreaterThan(1e10)
      }
  })
})

describe('nll', () => {
  const cloud = mixture(CLOUD)
  test('is −log of the density and of the pen', () => {
    const random = new Random(8)
    for (let n = 0; n < 100; n++) {
      const [dx, dy] = [2 * random.normal(), 2 * random.normal()]
      const movement = -Math.log(densityOf(CLOUD, dx, dy))
      expect(nll(cloud, [dx, dy, 1])).toBeCloseTo(movement - Math.log(CLOUD.eos), 5)
      expect(nll(cloud, [dx, dy, 0])).toBeCloseTo(movement - Math.log(1 - CLOUD.eos), 5)
    }
  })
  test('goes on where the density itself underflows', () => {
    const one = mixture({ pi: [1], mu1: [0], mu2: [0], sigma1: [1], sigma2: [1], rho: [0], eos: 0.5 })
    expect(density(one, 100, 0)).toBe(0)
    expect(nll(one, [100, 0, 0])).toBeCloseTo(5000 + Math.log(2 * Math.PI) + Math.log(2), 6)
  })
  test('of a pen that could not be is large, not infinite', () => {
    const never = mixture({ ...CLOUD, eos: 0 })
    expect(nll(never, [0, 0, 1])).toBeGreaterThan(700)
    expect(nll(never, [0, 0, 1])).toBeLessThan(800)
  })
})
