import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DensityGrid, densityMap } from '../../src/inspect/density-map.ts'
import { density } from '../../src/network/density.ts'
import type { Mixture } from '../../src/network/mixture.ts'
import { temper } from '../../src/network/sampler.ts'

const grid: DensityGrid = { left: -8, top: -8, cell: 0.25, columns: 64, rows: 64 }

const mixture = (components: number[][], eos = 0): Mixture => {
  const part = (n: number) => Float32Array.from(components, (component) => component[n])
  return { pi: part(0), mu1: part(1), mu2: part(2), sigma1: part(3), sigma2: part(4), rho: part(5), eos }
}
const total = (map: Float32Array) => map.reduce((sum, value) => sum + value, 0) * grid.cell ** 2

test('agrees with density where components are wider than cells', () => {
  const wide = mixture([
    [0.7, 1, -2, 1.5, 1, 0.6],
    [0.3, -3, 1, 1, 2, -0.3],
  ])
  const map = densityMap(wide, grid)
  for (const [row, column] of [
    [20, 30],
    [24, 36],
    [36, 20],
    [40, 24],
  ]) {
    const exact = density(wide, grid.left + (column + 0.5) * grid.cell, grid.top + (row + 0.5) * grid.cell)
    expect(Math.abs(map[row * grid.columns + column] / exact - 1)).toBeLessThan(0.05)
  }
})

test('integrates to 1 for components of any size', () => {
  const component = fc.tuple(
    fc.double({ min: -4, max: 4, noNaN: true }),
    fc.double({ min: -4, max: 4, noNaN: true }),
    fc.double({ min: 0, max: 0.8, noNaN: true }),
    fc.double({ min: 0, max: 0.8, noNaN: true }),
    fc.double({ min: -0.99, max: 0.99, noNaN: true }),
  )
  fc.assert(
    fc.property(fc.array(component, { minLength: 1, maxLength: 20 }), (components) => {
      const even = mixture(components.map((values) => [1 / components.length, ...values]))
      expect(Math.abs(total(densityMap(even, grid)) - 1)).toBeLessThan(0.04)
    }),
    { seed: 5 },
  )
})

test('shows the single point of temperature 0', () => {
  const cold = temper(
    mixture([
      [0.6, 2.1, -1.3, 0.4, 0.4, 0],
      [0.4, -2, 2, 0.4, 0.4, 0],
    ]),
    0,
  )
  const map = densityMap(cold, grid)
  const peak = map.indexOf(Math.max(...map))
  expect(Math.abs(grid.left + ((peak % grid.columns) + 0.5) * grid.cell - 2.1)).toBeLessThanOrEqual(grid.cell)
  expect(Math.abs(grid.top + (Math.floor(peak / grid.columns) + 0.5) * grid.cell + 1.3)).toBeLessThanOrEqual(grid.cell)
  expect(Math.abs(total(map) - 1)).toBeLessThan(0.04)
})

test('is 0 where no movement reaches, and overwrites the array', () => {
  const far = mixture([[1, 100, -100, 1, 1, 0]])
  const map = new Float32Array(64 * 64).fill(7)
  expect(densityMap(far, grid, map)).toBe(map)
  expect(Math.max(...map)).toBe(0)
})

test('throws for an array of another size', () => {
  expect(() => densityMap(mixture([[1, 0, 0, 1, 1, 0]]), grid, new Float32Array(63))).toThrow(
    'Expected an array of 64 × 64 = 4096 cells, got 63.',
  )
})
