import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'

const seeds = fc.integer({ min: 0, max: 0xffffffff })
const samples = (count: number, draw: () => number) => Float64Array.from({ length: count }, draw)
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a seed', () => {
  test('gives these numbers, everywhere and in every version', () => {
    const random = new Random(7)
    expect([random.uniform(), random.uniform(), random.uniform()]).toEqual([
      0.0034071062871573465, 0.345023655843822, 0.4640282177659354,
    ])
    expect([random.normal(), ...random.normalPair()]).toEqual([
      -0.1857045558667564, -0.8600810753737818, 0.25653767138187883,
    ])
    expect(Array.from({ length: 4 }, () => random.categorical([1, 2, 3, 4]))).toEqual([0, 0, 1, 1])
  })
  test('gives the same numbers twice', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [a, b] = [new Random(seed), new Random(seed)]
        expect(samples(20, () => a.uniform())).toEqual(samples(20, () => b.uniform()))
      }),
    )
  })
  test('throws a RangeError unless it is an integer from 0 to 2³² − 1', () => {
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY, '7', null, {}])
      expect(() => new Random(seed as number)).toThrow(RangeError)
    expect(() => new Random(-1)).toThrow('Expected seed to be an integer from 0 to 4294967295, got -1.')
    for (const seed of [0, 0xffffffff]) expect(new Random(seed).uniform()).toBeLessThan(1)
  })
  test('is random by default, and can be read', () => {
    const random = new Random()
    expect(new Random(random.seed).uniform()).toBe(random.uniform())
    expect(new Set(Array.from({ length: 20 }, () => new Random().seed)).size).toBeGreaterThan(15)
  })
  test('is independent of the next: over seeds 0…9999, the nth number is uniform and uncorrelated', () => {
    const count = 10_000
    const streams = Array.from({ length: count }, (_, seed) => {
      const random = new Random(seed)
      return samples(12, () => random.uniform())
    })
    for (let n = 0; n < 12; n++) {
      const draws = Float64Array.from(streams, (stream) => stream[n])
      expect(chiSquare(draws, 32)).toBeLessThan(66) // 31 degrees of freedom: 1 in 4000
      const products = draws.slice(1).map((u, seed) => 12 * (u - 0.5) * (draws[seed] - 0.5))
      expect(Math.abs(mean(products))).toBeLessThan(0.04) // 4 standard errors
    }
  })
})

describe('serialization', () => {
  test('restores a source, which continues where it stopped', () => {
    fc.assert(
      fc.property(seeds, fc.nat(50), (seed, drawn) => {
        const random = new Random(seed)
        samples(drawn, () => random.normal())
        const restored = Random.from(JSON.parse(JSON.stringify(random)))
        expect(restored.seed).toBe(seed)
        expect(samples(10, () => restored.uniform())).toEqual(samples(10, () => random.uniform()))
      }),
    )
  })
  test('is a snapshot: later numbers do not change it', () => {
    const random = new Random(1)
    const snapshot = JSON.stringify(random)
    random.uniform()
    expect(Random.from(JSON.parse(snapshot)).uniform()).toBe(new Random(1).uniform())
  })
  test('throws a RangeError for an invalid state', () => {
    for (const state of [
      undefined,
      [],
      [1, 2, 3],
      [0, 0, 0, 0],
      [1, 2, Number.NaN, 4],
      ['1', 2, 3, 4],
      [1, 2, 3, 4, 5],
    ])
      expect(() => Random.from({ seed: 1, state: state as number[] })).toThrow(RangeError)
    expect(() => Random.from({ seed: 1, state: [1, 2] })).toThrow(
      'Expected a state of four 32-bit integers that are not all 0, got [1,2]',
    )
    expect(() => Random.from({ seed: 1, state: [2 ** 32, 0, 0, 0] })).toThrow(
      'Expected a state of four 32-bit integers that are not all 0, got',
    )
    expect(() => Random.from({ seed: -1, state: [1, 2, 3, 4] })).toThrow(
      'Expected seed to be an integer from 0 to 4294967295, got -1.',
    )
  })
  test('a clone gives the same numbers independently', () => {
    const random = new Random(3)
    random.uniform()
    const clone = random.clone()
    const expected = samples(10, () => clone.uniform())
    expect(samples(10, () => random.uniform())).toEqual(expected)
    samples(5, () => clone.uniform())
    const another = random.clone()
    expect(another.uniform()).toBe(random.uniform())
  })
})

/** Returns Pearson's statistic for the uniformity of numbers in 0…1. */
function chiSquare(draws: Float64Array, bins: number): number {
  const counts = new Array(bins).fill(0)
  for (const u of draws) counts[Math.floor(u * bins)]++
  const expected = draws.length / bins
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('uniform', () => {
  const random = new Random(11)
  const draws = samples(200_000, () => random.uniform())
  test('is uniform in 0 ≤ u < 1', () => {
    expect(draws.every((u) => u >= 0 && u < 1)).toBe(true)
    expect(chiSquare(draws, 256)).toBeLessThan(340) // 255 degrees of freedom: 1 in 3000
    expect(Math.abs(mean(draws) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / draws.length))
  })
  test('has 53 random bits', () => {
    expect(draws.every((u) => Number.isInteger(u * 2 ** 53))).toBe(true)
    expect(Math.abs(mean(draws.map((u) => (u * 2 ** 53) % 2)) - 0.5)).toBeLessThan(0.005)
    expect(
      chiSquare(
        draws.map((u) => (u * 2 ** 30) % 1),
        64,
      ),
    ).toBeLessThan(110) // 63 degrees of freedom
  })
  test('is uncorrelated with the next numbers', () => {
    for (const lag of [1, 2, 3, 4]) {
      const products = draws.slice(lag).map((u, n) => 12 * (u - 0.5) * (draws[n] - 0.5))
      expect(Math.abs(mean(products))).toBeLessThan(4 / Math.sqrt(draws.length))
    }
  })
})

describe('normal', () => {
  const count = 200_000
  const random = new Random(12)
  const pairs = Array.from({ length: count }, () => random.normalPair())
  test.each([0, 1])('number %i of a pair has the moments and tails of N(0, 1)', (which) => {
    const draws = Float64Array.from(pairs, (pair) => pair[which])
    const moment = (power: number) => mean(draws.map((x) => x ** power))
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / count))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / count))
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count))
    for (const [within, share] of [
      [0.5, 0.3829249],
      [1, 0.6826895],
      [2, 0.9544997],
      [3, 0.9973002],
    ]) {
      const counted = draws.filter((x) => Math.abs(x) < within).length / count
      expect(Math.abs(counted - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / count))
    }
  })
  test('the numbers of a pair are independent', () => {
    const tolerance = 4 / Math.sqrt(count)
    expect(Math.abs(mean(Float64Array.from(pairs, ([u, v]) => u * v)))).toBeLessThan(tolerance)
    expect(Math.abs(mean(Float64Array.from(pairs, ([u, v]) => (u * u - 1) * (v * v - 1))))).toBeLessThan(2 * tolerance)
  })
  test('is always finite', () => {
    expect(pairs.flat().every(Number.isFinite)).toBe(true)
  })
  test('takes two uniform numbers, so that seeds stay in step', () => {
    const [a, b] = [new Random(5), new Random(5)]
    a.normal()
    b.uniform()
    b.uniform()
    expect(a.uniform()).toBe(b.uniform())
  })
})

describe('categorical', () => {
  test('samples each index in proportion to its weight, whatever their sum', () => {
    const random = new Random(13)
    const weights = [3, 0, 1, 5, 0.5, 0.5]
    const count = 100_000
    const counts = new Array(weights.length).fill(0)
    for (let n = 0; n < count; n++) counts[random.categorical(weights)]++
    for (const [k, weight] of weights.entries()) {
      const share = weight / 10
      expect(Math.abs(counts[k] / count - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / count))
    }
  })
  test('never samples weight 0 if another is positive', () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.constantFrom(0, 0, 1e-300, 1, 1e300), { minLength: 1 }), (seed, weights) => {
        const k = new Random(seed).categorical(weights)
        if (weights.some((weight) => weight > 0)) expect(weights[k]).toBeGreaterThan(0)
      }),
    )
  })
  test('returns a valid index for any weights', () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(0, -0, 5e-324, 1e308, Number.NaN, Number.POSITIVE_INFINITY))
    fc.assert(
      fc.property(seeds, fc.array(any, { minLength: 1, maxLength: 30 }), (seed, weights) => {
        for (const row of [weights, Float32Array.from(weights)]) {
          const k = new Random(seed).categorical(row)
          expect(Number.isInteger(k) && k >= 0 && k < row.length).toBe(true)
        }
      }),
    )
    expect(new Random(1).categorical([0, 0, 0])).toBe(2)
    expect(new Random(1).categorical([Number.NaN, 1])).toBe(1)
  })
  test('throws a RangeError for no weights', () => {
    expect(() => new Random(1).categorical([])).toThrow(RangeError)
  })
  test('takes one uniform number', () => {
    const [a, b] = [new Random(5), new Random(5)]
    a.categorical([1, 2])
    b.uniform()
    expect(a.uniform()).toBe(b.uniform())
  })
})
