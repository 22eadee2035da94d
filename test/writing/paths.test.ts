import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import type { Movement } from '../../src/math/movement.ts'
import { Random } from '../../src/math/random.ts'
import { copyState, type State } from '../../src/network/lstm.ts'
import { sampleLogits } from '../../src/network/sampler.ts'
import { decodeWeights } from '../../src/weights/file.ts'
import { Model } from '../../src/writing/model.ts'
import { Paths, rolloutMany } from '../../src/writing/paths.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

const model = () => new Model(smallWeights(6, 4), new Random(7))

const weights = decodeWeights(JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8')))
const shipped = () => {
  const model = new Model(weights, new Random(7))
  model.set_scale_factor(1)
  return model
}

/** Returns true `count` times, then false. */
function times(count: number): () => boolean {
  let asked = 0
  return () => asked++ < count
}

test.each([Number.NaN, -3, 1.5, undefined])('refuses a count of %s', (count) => {
  const by = model()
  const call = () => rolloutMany(by, by.zero_state(), count as number, { steps: 2 })
  expect(call).toThrow(RangeError)
  expect(call).toThrow(`Expected count to be an integer of at least 0, got ${count}.`)
})

describe('each path is what the network would write from that moment', () => {
  /** The reference: two paths at a time, sampled in turn. */
  function expectedPaths(model: Model, state: State, steps: number, random: Random): Movement[][] {
    const draw = ({ h }: State) => sampleLogits(model.network.logits(h), model.mixtures, 0.8, random)
    const pair = [0, 1].map(() => ({ now: state, path: [draw(state)] }))
    for (let n = 1; n < steps; n++) {
      for (const one of pair) one.now = model.network.step(one.path[n - 1], one.now)
      for (const one of pair) one.path.push(draw(one.now))
    }
    return pair.map(({ path }) => path)
  }

  test('to the bit with the plain kernel', () => {
    const by = model()
    by.set_scale_factor(1)
    const state = by.random_state()
    const paths = new Paths(by, state, { steps: 9, temperature: 0.8, random: new Random(3) })
    const random = new Random(3)
    for (let n = 0; n < 3; n++) expect([paths.next(), paths.next()]).toEqual(expectedPaths(model(), state, 9, random))
  })

  test('with the WebAssembly kernel to the bit if exact, else to the eye', () => {
    const by = shipped()
    const apart: number[] = []
    for (let seed = 0; seed < 100; seed++) {
      const state = by.random_state()
      const options = { steps: 10, temperature: 0.8 }
      const expected = expectedPaths(by, state, 10, new Random(seed))
      expect(rolloutMany(by, state, 2, { ...options, random: new Random(seed), exact: true })).toEqual(expected)
      const coarse = rolloutMany(by, state, 2, { ...options, random: new Random(seed) })
      expect(coarse).not.toEqual(expected)
      for (const path of [0, 1])
        coarse[path].forEach(([dx, dy], n) => {
          apart.push(Math.hypot(dx - expected[path][n][0], dy - expected[path][n][1]))
        })
    }
    // Some paths turn elsewhere, where the random number falls between two components; nearly all agree.
    apart.sort((a, b) => a - b)
    expect(apart[Math.floor(0.5 * apart.length)]).toBeLessThan(0.003)
    expect(apart[Math.floor(0.9 * apart.length)]).toBeLessThan(0.1)
  })

  test('by the same distribution: coarse and exact bundles have the same mean and spread', () => {
    const by = shipped()
    const state = by.update([3, -2, 0], by.random_state())
    const ends = (exact: boolean) =>
      rolloutMany(by, state, 400, { steps: 3, temperature: 0.8, random: new Random(11), exact }).map((path) =>
        path.reduce((sum, [dx]) => sum + dx, 0),
      )
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const [coarse, exact] = [ends(false), ends(true)]
    const spread = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))
    expect(spread(exact)).toBeGreaterThan(0.01)
    expect(Math.abs(mean(coarse) - mean(exact))).toBeLessThan(0.2 * spread(exact))
    expect(spread(coarse) / spread(exact)).toBeCloseTo(1, 0.7)
  })
})

test('two bundles that grow in turns do not affect each other', () => {
  const by = shipped()
  const [one, other] = [by.random_state(), by.random_state()]
  const alone = (state: State) => new Paths(by, state, { steps: 8, random: new Random(1) }).next()
  const expected = [alone(one), alone(other)]
  const growing = [one, other].map((state) => new Paths(by, state, { steps: 8, random: new Random(1) }))
  const done: (Movement[] | undefined)[] = [undefined, undefined]
  while (done.includes(undefined)) for (const n of [0, 1]) done[n] ??= growing[n].next(times(2))
  expect(done).toEqual(expected)
})

test('paths differ, and do not change the state they start from', () => {
  const by = model()
  const state = by.random_state()
  const before = copyState(state)
  const paths = new Paths(by, state, { steps: 5 })
  const all = Array.from({ length: 20 }, () => JSON.stringify(paths.next()))
  expect(new Set(all).size).toBe(20)
  expect(state).toEqual(before)
})

test('movements are in model units, whatever the scale factor', () => {
  const [small, large] = [model(), model()]
  small.set_scale_factor(1)
  large.set_scale_factor(20)
  const path = (of: Model) => new Paths(of, of.zero_state(), { steps: 6, random: new Random(1) }).next() ?? []
  expect(path(large)).toEqual(path(small))
})

describe('with little time per frame', () => {
  test('a path takes no more steps than allowed, and resumes where it stopped', () => {
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

  test('new paths can start after a stop', () => {
    const by = model()
    const state = by.random_state()
    const dropped = Array.from({ length: 5 }, () => {
      const paths = new Paths(by, state, { steps: 8 })
      expect(paths.next(times(3))).toBeUndefined()
      paths.stop()
      expect(paths.begun).toBe(false)
      return paths
    })
    for (const paths of dropped) expect(paths.next()).toHaveLength(8)
  })

  test('the paths do not depend on how time is divided', () => {
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

test('refuses a number of steps below 1', () => {
  const by = model()
  for (const steps of [0, -3, 1.5, Number.NaN])
    expect(() => new Paths(by, by.zero_state(), { steps })).toThrow(
      `Expected steps to be an integer of at least 1, got ${steps}.`,
    )
})

test('refuses an invalid temperature before any path starts', () => {
  const by = model()
  const pairs = vi.spyOn(by.network, 'pair')
  for (const temperature of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const begin = () => new Paths(by, by.zero_state(), { steps: 5, temperature })
    expect(begin).toThrow(RangeError)
    expect(begin).toThrow(`Expected temperature to be a finite number of at least 0, got ${temperature}.`)
  }
  const text = 'hot' as unknown as number
  expect(() => new Paths(by, by.zero_state(), { steps: 5, temperature: text })).toThrow(TypeError)
  expect(pairs).not.toHaveBeenCalled()
  expect(new Paths(by, by.zero_state(), { steps: 5, temperature: 0 }).next()).toHaveLength(5)
})
