import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderCells, Random } from '../../src/index.ts'

/** Creates states of cells that are waves of different phases, some inverted, with random offsets, in a random order. */
function waves(cells: number, { steps = 400, noise = 0, seed = 1 } = {}) {
  const random = new Random(seed)
  const place = Array.from({ length: cells }, (_, n) => n)
  for (let n = cells - 1; n > 0; n--) {
    const other = Math.floor(random.uniform() * (n + 1))
    ;[place[n], place[other]] = [place[other], place[n]]
  }
  const inverted = place.map(() => (random.uniform() < 0.5 ? -1 : 1))
  const offset = place.map(() => random.normal())
  const states = Array.from({ length: steps }, (_, t) =>
    Float32Array.from(place, (at, n) => {
      // less than half a turn from first to last: at half a turn, the last would be the first inverted
      const phase = (0.8 * Math.PI * at) / cells
      return offset[n] + inverted[n] * (0.3 * Math.sin(t / 7 + phase) + noise * random.normal())
    }),
  )
  return { states, place, inverted, offset }
}

describe('orderCells', () => {
  test('orders waves by phase', () => {
    const { states, place } = waves(40)
    const places = orderCells(states).order.map((cell) => place[cell])
    const rising = places[0] < places[39] ? places : [...places].reverse()
    expect(rising).toEqual(Array.from({ length: 40 }, (_, n) => n))
  })

  test('keeps similar cells close in noise', () => {
    const { states, place } = waves(60, { noise: 0.05, seed: 2 })
    const places = orderCells(states).order.map((cell) => place[cell])
    const distances = places.slice(1).map((at, n) => Math.abs(at - places[n]))
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length
    expect(mean).toBeLessThan(6) // 20 for a random order
  })

  test('inverts cells so that neighbors rise and fall together', () => {
    const { states, inverted } = waves(40)
    const { sign } = orderCells(states)
    const agree = sign.map((value, n) => value * inverted[n])
    expect(new Set(agree).size).toBe(1)
  })

  test('measures the mean and deviation of each cell', () => {
    const { states, offset } = waves(10, { steps: 4400 })
    const { mean, deviation } = orderCells(states)
    offset.forEach((at, n) => {
      expect(mean[n]).toBeCloseTo(at, 1)
      expect(deviation[n]).toBeCloseTo(0.3 / Math.sqrt(2), 2)
    })
  })

  test('contains every cell once, including constant ones', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 2, max: 30 }),
        fc.nat(99),
        (cells, steps, seed) => {
          const random = new Random(seed)
          const still = Array.from({ length: cells }, () => random.uniform() < 0.3)
          const states = Array.from({ length: steps }, () =>
            Float32Array.from(still, (isStill) => (isStill ? 0.5 : random.normal())),
          )
          const { order, sign, deviation } = orderCells(states)
          expect([...order].sort((a, b) => a - b)).toEqual(still.map((_, n) => n))
          expect(sign.every((value) => value === 1 || value === -1)).toBe(true)
          expect(deviation.every((value) => value > 0)).toBe(true)
        },
      ),
    )
  })

  test('throws for too few states, NaN, and states of different sizes', () => {
    expect(() => orderCells([new Float32Array(3)])).toThrow('Expected at least 2 states, got 1.')
    expect(() => orderCells([new Float32Array(3), new Float32Array([0, Number.NaN, 0])])).toThrow(
      'Expected finite numbers in every state, got NaN or Infinity.',
    )
    expect(() => orderCells([new Float32Array(3), new Float32Array(4)])).toThrow(
      'Expected all states to have 3 cells like the first, got one of 4.',
    )
  })
})
