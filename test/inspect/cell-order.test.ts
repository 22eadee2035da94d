import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderCells, Random } from '../../src/index.ts'

/** States of cells that are each a wave of its own phase, turned over and moved as told, in a shuffled order. */
function waves(cells: number, { steps = 400, noise = 0, seed = 1 } = {}) {
  const random = new Random(seed)
  const place = Array.from({ length: cells }, (_, n) => n)
  for (let n = cells - 1; n > 0; n--) {
    const other = Math.floor(random.uniform() * (n + 1))
    ;[place[n], place[other]] = [place[other], place[n]]
  }
  const turned = place.map(() => (random.uniform() < 0.5 ? -1 : 1))
  const offset = place.map(() => random.normal())
  const states = Array.from({ length: steps }, (_, t) =>
    Float32Array.from(place, (at, n) => {
      // half a turn from the first to the last, short of where the last would be the first upside down
      const phase = (0.8 * Math.PI * at) / cells
      return offset[n] + turned[n] * (0.3 * Math.sin(t / 7 + phase) + noise * random.normal())
    }),
  )
  return { states, place, turned, offset }
}

describe('the order of cells', () => {
  test('puts waves beside those of nearly the same phase', () => {
    const { states, place } = waves(40)
    const places = orderCells(states).order.map((cell) => place[cell])
    const rising = places[0] < places[39] ? places : [...places].reverse()
    expect(rising).toEqual(Array.from({ length: 40 }, (_, n) => n))
  })

  test('keeps like by like in noise, too', () => {
    const { states, place } = waves(60, { noise: 0.05, seed: 2 })
    const places = orderCells(states).order.map((cell) => place[cell])
    const leaps = places.slice(1).map((at, n) => Math.abs(at - places[n]))
    const mean = leaps.reduce((sum, leap) => sum + leap, 0) / leaps.length
    expect(mean).toBeLessThan(6) // by chance it would be 20
  })

  test('turns cells over so that neighbours rise and fall together', () => {
    const { states, turned } = waves(40)
    const { sign } = orderCells(states)
    const agree = sign.map((value, n) => value * turned[n])
    expect(new Set(agree).size).toBe(1)
  })

  test('knows what each cell is at, and how far it goes', () => {
    const { states, offset } = waves(10, { steps: 4400 })
    const { mean, deviation } = orderCells(states)
    offset.forEach((at, n) => {
      expect(mean[n]).toBeCloseTo(at, 1)
      expect(deviation[n]).toBeCloseTo(0.3 / Math.sqrt(2), 2)
    })
  })

  test('has every cell once, whatever they do, the still ones included', () => {
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

  test('is refused for too few states, or states of several networks', () => {
    expect(() => orderCells([new Float32Array(3)])).toThrow('Expected at least 2 states, got 1.')
    expect(() => orderCells([new Float32Array(3), new Float32Array([0, Number.NaN, 0])])).toThrow(
      'Expected finite numbers in every state, got NaN or Infinity.',
    )
    expect(() => orderCells([new Float32Array(3), new Float32Array(4)])).toThrow(
      'Expected all states to have 3 cells like the first, got one of 4.',
    )
  })
})
