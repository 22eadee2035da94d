import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InkLine } from '../../src/ink/ink-line.ts'
import type { Point } from '../../src/ink/point.ts'
import { estimateSigma } from '../../src/ink/size.ts'

/** Returns a line of `letters` cosine periods with this standard deviation of y. */
function written(letters: number, sigma: number, origin = 0): InkLine {
  const line = new InkLine({ x: 0, y: origin })
  let from: Point | undefined
  for (let i = 0; i <= letters * 20; i++) {
    const point = { x: (i * sigma) / 12, y: origin + sigma * Math.SQRT2 * Math.cos((2 * Math.PI * i) / 20) }
    line.measure(point, from)
    from = point
  }
  return line
}

describe('the estimated size', () => {
  test('is the guess before any ink', () => {
    expect(estimateSigma([], 18)).toBe(18)
    expect(estimateSigma([new InkLine({ x: 3, y: 4 })], 18)).toBe(18)
  })
  test('is the standard deviation of y after a line, whatever the guess', () => {
    for (const guess of [6, 18, 60]) expect(estimateSigma([written(30, 18)], guess) / 18).toBeCloseTo(1, 1)
  })
  test('is that of the lines, not of the page', () => {
    const lines = Array.from({ length: 5 }, (_, i) => written(10, 18, i * 80))
    expect(estimateSigma(lines, 18) / 18).toBeCloseTo(1, 1)
  })
  test('moves from the guess to the measurement as more is written, with little overshoot', () => {
    for (const sigma of [9, 36]) {
      const off = [1, 2, 4, 8, 16].map((letters) =>
        Math.abs(Math.log(estimateSigma([written(letters, sigma)], 18) / sigma)),
      )
      expect(off[0]).toBeLessThan(Math.log(2))
      expect(off[2]).toBeLessThan(0.4)
      expect(off[4]).toBeLessThan(0.12)
    }
  })
  test('hardly changes for a dash, which has no height', () => {
    const line = new InkLine({ x: 0, y: 0 })
    for (let i = 0; i < 20; i++) line.measure({ x: 2 * i, y: 0.2 * (i % 2) }, { x: 0, y: 0.2 * ((i + 1) % 2) })
    expect(Math.abs(Math.log(estimateSigma([line], 18) / 18))).toBeLessThan(0.1)
  })
  test('ignores old writing', () => {
    expect(estimateSigma([written(100, 40), written(50, 15)], 18) / 15).toBeCloseTo(1, 1)
  })
  test('scales with the ink and the guess', () => {
    const numbers = fc.double({ min: 0.1, max: 100, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), numbers, numbers, (letters, sigma, guess) => {
        const once = estimateSigma([written(letters, sigma)], guess)
        expect(estimateSigma([written(letters, 2 * sigma)], 2 * guess) / once).toBeCloseTo(2, 6)
      }),
    )
  })
})
