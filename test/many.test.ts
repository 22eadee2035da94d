import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copyState } from '../src/lstm.ts'
import { Paths } from '../src/many.ts'
import { Model } from '../src/model.ts'
import { Random } from '../src/random.ts'
import type { Movement } from '../src/stroke.ts'
import { smallWeights } from './fixtures/small-weights.ts'

const model = () => new Model(smallWeights(6, 4), new Random(7))

/** As many answers of yes, then no. */
function times(count: number): () => boolean {
  let asked = 0
  return () => asked++ < count
}

test('each path is what the network would write by itself from that moment', () => {
  const [by, hand] = [model(), model()]
  const state = by.random_state()
  const paths = new Paths(by, state, { steps: 9, temperature: 0.8, random: new Random(3) })
  const random = new Random(3)
  for (let path = 0; path < 4; path++) {
    let now = state
    const expected: Movement[] = []
    for (let n = 0; n < 9; n++) {
      if (n > 0) now = hand.update(expected[n - 1], now)
      expected.push(hand.sample(hand.get_pdf(now), 0.8, random))
    }
    expect(paths.next()).toEqual(expected)
  }
})

test('paths differ from each other, and leave the moment that they begin at as it was', () => {
  const by = model()
  const state = by.random_state()
  const before = copyState(state)
  const paths = new Paths(by, state, { steps: 5 })
  const all = Array.from({ length: 20 }, () => JSON.stringify(paths.next()))
  expect(new Set(all).size).toBe(20)
  expect(state).toEqual(before)
})

test('movements are in pixels', () => {
  const [small, large] = [model(), model()]
  small.set_scale_factor(1)
  large.set_scale_factor(20)
  const path = (of: Model) => new Paths(of, of.zero_state(), { steps: 6, random: new Random(1) }).next() ?? []
  const expected = path(small).map(([dx, dy, pen]) => [expect.closeTo(20 * dx, 4), expect.closeTo(20 * dy, 4), pen])
  expect(path(large)).toEqual(expected)
})

describe('where time is short', () => {
  test('a path takes no more steps at a time than it may, and goes on where it stopped', () => {
    const by = model()
    const state = by.random_state()
    const options = { steps: 8, random: new Random(5) }
    const whole = new Paths(by, state, { ...options, random: new Random(5) }).next()
    const paths = new Paths(by, state, options)
    expect(paths.begun).toBe(false)
    expect(paths.next(times(0))).toBeUndefined()
    expect(paths.begun).toBe(false)
    expect(paths.next(times(3))).toBeUndefined()
    expect(paths.begun).toBe(true)
    expect(paths.next(times(4))).toBeUndefined()
    expect(paths.next(times(1))).toEqual(whole)
    expect(paths.begun).toBe(false)
  })

  test('the same paths come, however the time is dealt out', () => {
    const by = model()
    const state = by.random_state()
    const all = (deal: () => number) => {
      const paths = new Paths(by, state, { steps: 7, random: new Random(2) })
      const done: Movement[][] = []
      while (done.length < 5) {
        const path = paths.next(times(deal()))
        if (path) done.push(path)
      }
      return done
    }
    const expected = all(() => 7)
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 20 })), (deals) => {
        expect(all(() => deals.next().value ?? 1)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})

test('a path needs a step', () => {
  const by = model()
  for (const steps of [0, -3, 1.5, Number.NaN])
    expect(() => new Paths(by, by.zero_state(), { steps })).toThrow(
      `Got ${steps} steps when expected an integer from 1 up.`,
    )
})
