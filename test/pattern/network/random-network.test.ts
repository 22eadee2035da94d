import { describe, expect, test } from 'vitest'
import { haveSameNetwork, networkFromRecipe, patternFromRecipe } from '../../../src/api/pattern.ts'
import { moments } from '../../../src/pattern/network/activation.ts'
import { recipe } from '../../fixtures/recipes.ts'

const hidden = (fields: Parameters<typeof recipe>[0], layer: number) =>
  networkFromRecipe(recipe(fields)).layers[layer]?.weights ?? new Float32Array(0)

describe('a random network', () => {
  test('is refused for another number of latent values', () => {
    const network = networkFromRecipe(recipe({ latent: [0] }))
    expect(() => patternFromRecipe(recipe({ latent: [1, 2] }), network)).toThrow(
      'Expected a network with 2 latent inputs, got one with 1.',
    )
  })

  test('has weights from N(0, 1) by default: moments and a quantile over 200 seeds', () => {
    // Later layers only: the first one's sums have a larger variance, which changes the scale of the second.
    const draws = Array.from({ length: 200 }, (_, seed) => [...hidden({ seed }, 3)]).flat()
    const scale = moments('tanh', 2.5).deviation * 4
    const values = draws.map((value) => (value * scale) / 2.5).sort((a, b) => a - b)
    const n = values.length
    const mean = values.reduce((sum, value) => sum + value, 0) / n
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
    const fourth = values.reduce((sum, value) => sum + (value - mean) ** 4, 0) / n
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n))
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
    expect(values[Math.floor(n * 0.975)]).toBeCloseTo(1.96, 1)
    // The weights themselves are close to N(0, 1).
    expect(2.5 / scale).toBeGreaterThan(0.7)
    expect(2.5 / scale).toBeLessThan(1)
  })

  test('draws weights independently: neighboring seeds, layers and columns are not correlated', () => {
    const correlation = (a: Float32Array, b: Float32Array) => {
      let ab = 0
      let aa = 0
      let bb = 0
      for (let k = 0; k < a.length; k++) {
        ab += a[k] * b[k]
        aa += a[k] ** 2
        bb += b[k] ** 2
      }
      return ab / Math.sqrt(aa * bb)
    }
    const size = 64
    const limit = 4.5 / size // 4.5 standard deviations, for 64 × 64 independent pairs
    for (let seed = 0; seed < 20; seed++) {
      const weights = hidden({ seed, size, depth: 4 }, 2)
      expect(Math.abs(correlation(weights, hidden({ seed: seed + 1, size, depth: 4 }, 2)))).toBeLessThan(limit)
      expect(Math.abs(correlation(weights, hidden({ seed, size, depth: 4 }, 3)))).toBeLessThan(limit)
      // against itself, shifted by a column
      const shifted = weights.map((_, k) => weights[k % size === size - 1 ? k - size + 1 : k + 1])
      expect(Math.abs(correlation(weights, shifted))).toBeLessThan(limit)
    }
  })

  test('keeps its draws when a unit, input or latent value is added', () => {
    const small = networkFromRecipe(recipe({ size: 15 }))
    const large = networkFromRecipe(recipe({ size: 16, inputs: ['x', 'y', 'r', 'wave'], latent: [0, 0, 0] }))
    const [first, firstLarge] = [small.layers[0], large.layers[0]]
    for (let row = 0; row < 15; row++) {
      expect([...(firstLarge?.weights ?? [])].slice(row * 12, row * 12 + 3)).toEqual(
        [...(first?.weights ?? [])].slice(row * 12, row * 12 + 3),
      )
      expect(large.latentWeights.subarray(row * 3, row * 3 + 2)).toEqual(
        small.latentWeights.subarray(row * 2, row * 2 + 2),
      )
      const hiddenRow = (network: typeof small, size: number) =>
        [...(network.layers[2]?.weights ?? [])].slice(row * size, row * size + 15).map((w) => w * Math.sqrt(size))
      for (const [k, weight] of hiddenRow(large, 16).entries())
        expect(weight).toBeCloseTo(hiddenRow(small, 15)[k] as number, 5)
    }
  })

  test.each(['tanh', 'sine', 'softplus', 'relu', 'gaussian', 'sigmoid'] as const)(
    'is scaled by the mean and standard deviation of %s',
    (activation) => {
      const f = {
        tanh: Math.tanh,
        sine: Math.sin,
        softplus: (z: number) => Math.log1p(Math.exp(z)),
        relu: (z: number) => Math.max(z, 0),
        gaussian: (z: number) => Math.exp(-z * z),
        sigmoid: (z: number) => 1 / (1 + Math.exp(-z)),
      }[activation]
      for (const spread of [0.3, 1, 2.5]) {
        let [weight, sum, squares] = [0, 0, 0]
        for (let z = -9; z <= 9; z += 1e-3) {
          const density = Math.exp((-z * z) / 2)
          weight += density
          sum += density * f(z * spread)
          squares += density * f(z * spread) ** 2
        }
        const { mean, deviation } = moments(activation, spread)
        expect(mean).toBeCloseTo(sum / weight, 4)
        expect(deviation).toBeCloseTo(Math.sqrt(squares / weight - (sum / weight) ** 2), 4)
      }
    },
  )

  test('is shared by recipes that differ only in latent values, colors or view', () => {
    const one = recipe()
    const other = recipe({ latent: [1, 2], color: 'rgb', hue: [0, 1], alpha: 'soft', view: { zoom: 3 }, folds: 2 })
    expect(haveSameNetwork(one, other)).toBe(true)
    expect(patternFromRecipe(other, networkFromRecipe(one))).toEqual(patternFromRecipe(other))
    for (const change of [
      { seed: 2 },
      { size: 17 },
      { depth: 5 },
      { latent: [0] },
      { gain: 1 },
      { inputs: ['x' as const] },
    ])
      expect(haveSameNetwork(one, recipe(change))).toBe(false)
  })
})
