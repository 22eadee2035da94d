import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InkPoint, Point } from '../../src/ink/point.ts'
import { Resampler, resample } from '../../src/ink/resample.ts'
import { ink, seen, straight } from '../fixtures/ink.ts'

const sampling = { stride: 20, rest: 0.02 }
const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y)
const steps = (points: Point[]) => points.slice(1).map((to, i) => distance(points[i] as Point, to))
const line = straight({ x: 10, y: 20 }, { x: 310, y: 420 }, 1000) // 0.5 pixels per millisecond

const samples = fc.array(
  fc.record({
    x: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    y: fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    t: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    pressure: fc.constant(0.5),
  }),
  { minLength: 1, maxLength: 40 },
)

describe('a line drawn at constant speed', () => {
  test.each([30, 60, 90, 120, 240, 1000])('has even steps at %i events per second', (rate) => {
    const points = resample(seen(line, rate), sampling)
    expect(points).toHaveLength(51)
    for (const step of steps(points)) expect(step).toBeCloseTo(10, 6)
    expect(points[0]).toEqual({ x: 10, y: 20 })
    expect(points.at(-1)).toEqual({ x: 310, y: 420 })
  })
  test('has even steps for samples at irregular times', () => {
    const times = fc.array(fc.double({ min: 0.1, max: 40, noNaN: true }), { minLength: 5, maxLength: 80 })
    fc.assert(
      fc.property(times, (gaps) => {
        let t = 0
        const drawn = [ink(line.at(0), 0)]
        for (const gap of gaps) {
          t += gap
          drawn.push(ink(line.at(t), t))
        }
        const even = steps(resample(drawn, sampling))
        const last = even.pop() ?? 10
        for (const step of even) expect(Math.abs(step - 10)).toBeLessThan(0.3)
        if (t > 30) {
          expect(last).toBeGreaterThan(4.7)
          expect(last).toBeLessThan(15.3)
        }
      }),
    )
  })
})

test('a circle stays a circle, with points in the same places, from 60 events per second', () => {
  const turn = (t: number) => (2 * Math.PI * t) / 400
  const circle = { duration: 800, at: (t: number) => ({ x: 50 * Math.cos(turn(t)), y: 50 * Math.sin(turn(t)) }) }
  for (const rate of [60, 77, 120, 240, 1000]) {
    for (const [i, point] of resample(seen(circle, rate), sampling).entries())
      expect(distance(point, circle.at(i * sampling.stride))).toBeLessThan(0.7) // of steps of 15.7 pixels
  }
})

describe('a pen that rests', () => {
  const there = straight({ x: 0, y: 0 }, { x: 100, y: 0 }, 200)
  const on = straight({ x: 100, y: 0 }, { x: 100, y: 100 }, 200)
  const without = resample([...seen(there, 120), ...seen(on, 120, 200)], sampling).length
  test.each([
    ['is silent', () => []],
    ['repeats its position', (t: number) => [ink({ x: 100, y: 0 }, t)]],
    ['jitters a little', (t: number) => [ink({ x: 100 + 0.2 * Math.sin(t), y: 0.2 * Math.cos(t) }, t)]],
  ])('and %s adds no points', (_, rest) => {
    const during = Array.from({ length: 300 }, (_, i) => rest(204 + 8 * i)).flat()
    const points = resample([...seen(there, 120), ...during, ...seen(on, 120, 3000)], sampling)
    expect(Math.abs(points.length - without)).toBeLessThanOrEqual(3)
    expect(steps(points).filter((step) => step < 0.5).length).toBeLessThanOrEqual(2)
  })
})

describe('during a stroke', () => {
  test('the points do not depend on how the samples are batched', () => {
    fc.assert(
      fc.property(
        samples,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 40, maxLength: 40 }),
        (ink, bundles) => {
          const resampler = new Resampler(sampling)
          const points: Point[] = []
          let rest: InkPoint[] = ink
          for (const size of bundles) {
            points.push(...resampler.add(rest.slice(0, size)))
            rest = rest.slice(size)
            const ending = resampler.ending() // reading it changes nothing
            expect(resampler.ending()).toEqual(ending)
          }
          expect([...points, ...resampler.ending()]).toEqual(resample(ink, sampling))
        },
      ),
    )
  })
  test('the points are at most 50 ms behind the pen', () => {
    const resampler = new Resampler(sampling)
    let last: Point = { x: 0, y: 0 }
    for (const sample of seen(line, 60)) {
      last = resampler.add([sample]).at(-1) ?? last
      if (sample.t > 50) expect(distance(last, sample)).toBeLessThan(25)
      expect(resampler.ending().at(-1) ?? last).toMatchObject({ x: sample.x, y: sample.y })
    }
  })
})

test('for any samples and times, all points are finite and near, and the first and the last are samples', () => {
  fc.assert(
    fc.property(samples, (ink) => {
      const points = resample(ink, sampling)
      const [first, last] = [ink[0], ink.at(-1)] as [InkPoint, InkPoint]
      expect(points[0]).toEqual({ x: first.x, y: first.y })
      if (points.length > 1) expect(points.at(-1)).toEqual({ x: last.x, y: last.y })
      const reach = Math.max(...ink.flatMap((a) => ink.map((b) => distance(a, b))))
      for (const point of points) expect(distance(point, first)).toBeLessThanOrEqual(2 * reach + 1e-9)
    }),
  )
})

test('refuses a stride and a rest that are not finite and above 0', () => {
  for (const stride of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => new Resampler({ ...sampling, stride })).toThrow(
      `Expected stride to be a finite number above 0, got ${stride}.`,
    )
  expect(() => new Resampler({ ...sampling, rest: 0 })).toThrow('Expected rest to be a finite number above 0, got 0.')
})
