import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { density, nll } from '../../src/network/density.ts'
import { temper } from '../../src/network/sampler.ts'
import { CLOUD, mixture } from '../fixtures/mixtures.ts'
import { densityOf } from '../reference/float64-network.ts'

describe('density', () => {
  const cloud = mixture(CLOUD)
  test('agrees with Graves 2013, equations 23 to 25', () => {
    const random = new Random(6)
    for (let n = 0; n < 300; n++) {
      const [dx, dy] = [4 * random.normal(), 4 * random.normal()]
      const expected = densityOf(CLOUD, dx, dy)
      expect(Math.abs(density(cloud, dx, dy) - expected)).toBeLessThan(1e-6 * expected + 1e-200)
    }
  })
  test.each([0.5, 1, 1.5])('integrates to 1 over the plane at temperature %d', (T) => {
    const tempered = temper(cloud, T)
    const step = T / 24
    let sum = 0
    for (let dx = -1 - 6 * T; dx < 4 + 2 * T; dx += step)
      for (let dy = -0.5 - 5 * T; dy < 4 + 4 * T; dy += step) sum += density(tempered, dx, dy) * step * step
    expect(sum).toBeCloseTo(1, 5)
  })
  test('stays accurate when the correlation is near 1', () => {
    const thin = mixture({ pi: [1], mu1: [0], mu2: [0], sigma1: [1], sigma2: [1], rho: [1 - 2 ** -19], eos: 0.5 })
    const free = 1 - thin.rho[0] ** 2
    expect(density(thin, 3, 3) * 2 * Math.PI * Math.sqrt(free)).toBeCloseTo(Math.exp(-4.5 * (2 / (1 + thin.rho[0]))), 9)
  })
  test('is 0, not NaN, far away', () => {
    for (const far of [1e10, 1e150, 1e200, 1e300, -1e300])
      for (const other of [0, far, -far]) {
        expect(density(cloud, far, other)).toBe(0)
        expect(nll(cloud, [far, other, 0])).toBeGreaterThan(1e10)
      }
  })
})

describe('nll', () => {
  const cloud = mixture(CLOUD)
  test('is −log density − log P(pen)', () => {
    const random = new Random(8)
    for (let n = 0; n < 100; n++) {
      const [dx, dy] = [2 * random.normal(), 2 * random.normal()]
      const movement = -Math.log(densityOf(CLOUD, dx, dy))
      expect(nll(cloud, [dx, dy, 1])).toBeCloseTo(movement - Math.log(CLOUD.eos), 5)
      expect(nll(cloud, [dx, dy, 0])).toBeCloseTo(movement - Math.log(1 - CLOUD.eos), 5)
    }
  })
  test('stays finite where the density underflows', () => {
    const one = mixture({ pi: [1], mu1: [0], mu2: [0], sigma1: [1], sigma2: [1], rho: [0], eos: 0.5 })
    expect(density(one, 100, 0)).toBe(0)
    expect(nll(one, [100, 0, 0])).toBeCloseTo(5000 + Math.log(2 * Math.PI) + Math.log(2), 6)
  })
  test('is large, not infinite, for a pen of probability 0', () => {
    const never = mixture({ ...CLOUD, eos: 0 })
    expect(nll(never, [0, 0, 1])).toBeGreaterThan(700)
    expect(nll(never, [0, 0, 1])).toBeLessThan(800)
  })
})
