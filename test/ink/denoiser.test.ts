import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Denoiser } from '../../src/ink/denoiser.ts'
import type { InkPoint, Point } from '../../src/ink/point.ts'
import { type Motion, seen } from '../fixtures/ink.ts'

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y)
const rounded = (ink: InkPoint[], grain = 1) =>
  ink.map(({ x, y, ...rest }) => ({
    ...rest,
    x: grain * Math.round(x / grain),
    y: grain * Math.round(y / grain),
    grain,
  }))

function denoise(ink: InkPoint[]): InkPoint[] {
  const denoiser = new Denoiser()
  return [...denoiser.add(ink), ...denoiser.ending()]
}

/** Loops of the size of letters with an x-height of 13 pixels, three per second. */
const small: Motion = {
  duration: 2000,
  at: (t) => ({ x: 100 + 0.05 * t + 5 * Math.cos(t / 53), y: 60 + 6.5 * Math.sin(t / 53) + 3 * Math.sin(t / 190) }),
}

/** Returns the mean second difference of the samples, in pixels. */
function tremor(ink: InkPoint[]): number {
  const bends = ink.slice(2).map((c, n) => {
    const [a, b] = [ink[n], ink[n + 1]] as [InkPoint, InkPoint]
    return Math.hypot(c.x - 2 * b.x + a.x, c.y - 2 * b.y + a.y)
  })
  return bends.reduce((sum, bend) => sum + bend, 0) / bends.length
}

const samples = fc
  .array(
    fc.record({
      x: fc.integer({ min: -300, max: 300 }),
      y: fc.integer({ min: -300, max: 300 }),
      after: fc.double({ min: 0, max: 60, noNaN: true }),
      grain: fc.constantFrom(0, 0.5, 1, 1.6),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((moves) => {
    let t = 0
    return moves.map(({ x, y, after, grain }): InkPoint => {
      t += after
      return { x, y, t, pressure: 0.5, grain }
    })
  })

describe('small writing on whole pixels', () => {
  test.each([60, 120, 240])(
    'is closer to the true path, with less tremor, after denoising (%i events per second)',
    (rate) => {
      const written = seen(small, rate)
      const ink = rounded(written)
      const denoised = denoise(ink)
      const error = (ink: InkPoint[]) => {
        const squares = ink.map((point, n) => distance(point, written[n] as InkPoint) ** 2)
        return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
      }
      expect(error(ink)).toBeGreaterThan(0.37) // √(2 / 12): the RMS of uniform rounding errors
      expect(error(denoised)).toBeLessThan(0.3)
      const [by, real, after] = [ink, written, denoised].map(tremor) as [number, number, number]
      expect(after - real).toBeLessThan(0.5 * (by - real))
    },
  )
})

test('no sample moves by more than half its grain, and the first and the last do not move', () => {
  fc.assert(
    fc.property(samples, (ink) => {
      const denoised = denoise(ink)
      expect(denoised).toHaveLength(ink.length)
      for (const [n, { x, y, grain = 0 }] of ink.entries()) {
        const to = denoised[n] as InkPoint
        expect(Math.max(Math.abs(to.x - x), Math.abs(to.y - y))).toBeLessThanOrEqual(grain / 2 + 1e-9)
      }
      expect([denoised[0], denoised.at(-1)]).toEqual([ink[0], ink.at(-1)])
    }),
  )
})

test('the result does not depend on how the samples are batched, and reading it changes nothing', () => {
  fc.assert(
    fc.property(samples, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 60, maxLength: 60 }), (ink, bundles) => {
      const denoiser = new Denoiser()
      const returned: InkPoint[] = []
      let rest = ink
      for (const size of bundles) {
        returned.push(...denoiser.add(rest.slice(0, size)))
        rest = rest.slice(size)
        expect(denoiser.ending()).toEqual(denoiser.ending())
      }
      expect([...returned, ...denoiser.ending()]).toEqual(denoise(ink))
    }),
  )
})

test('samples without a grain are returned at once, others within 30 ms', () => {
  const exact = new Denoiser()
  for (const sample of seen(small, 120)) expect(exact.add([sample])).toEqual([sample])
  const coarse = new Denoiser()
  let last: InkPoint | undefined
  for (const sample of rounded(seen(small, 120))) {
    last = coarse.add([sample]).at(-1) ?? last
    expect(sample.t - (last as InkPoint).t).toBeLessThan(30 + 1000 / 120)
  }
})
