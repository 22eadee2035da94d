import { describe, expect, test } from 'vitest'
import { InkLine } from '../../src/ink/ink-line.ts'

function sloping(slope = 0): InkLine {
  const line = new InkLine({ x: 100, y: 50 })
  for (let i = 0; i <= 200; i++) {
    const x = 100 + i
    const point = { x, y: 50 + slope * i + 20 * Math.sin(i) }
    line.extend(point)
    line.measure(point)
  }
  return line
}

describe('a line of ink', () => {
  test('has the same height at any slope', () => {
    const level = sloping().squares
    expect(Math.sqrt(level / 201)).toBeCloseTo(20 / Math.SQRT2, 1)
    for (const slope of [-0.15, -0.05, 0.1, 0.14]) expect(sloping(slope).squares / level).toBeCloseTo(1, 2)
    expect(sloping(0.5).squares / level).toBeGreaterThan(1.5) // beyond the limit of 0.15
  })
  test('has the same height anywhere on the page', () => {
    const far = new InkLine({ x: 1e6, y: -1e6 })
    for (let i = 0; i <= 200; i++) far.measure({ x: 1e6 + i, y: -1e6 + 20 * Math.sin(i) })
    expect(far.squares).toBeCloseTo(sloping().squares, 3)
  })
  test.each([
    ['the next letter', { x: 320, y: 40 }, false],
    ['the next word', { x: 360, y: 60 }, false],
    ['the dot of an earlier i', { x: 120, y: 10 }, false],
    ['the next line', { x: 100, y: 110 }, true],
    ['the next line, indented', { x: 250, y: 100 }, true],
    ['another place above', { x: 200, y: -60 }, true],
    ['another place to the left', { x: 10, y: 50 }, true],
    ['another place to the right', { x: 600, y: 50 }, true],
  ])('ends for %s: %o %s', (_, start, ends) => {
    expect(sloping().isLeftFor(start, 14)).toBe(ends)
  })
  test('continues along its slope', () => {
    expect(sloping(0.3).isLeftFor({ x: 310, y: 50 + 0.3 * 210 + 15 }, 14)).toBe(false)
  })
  test('places the next line past its right end, for the network', () => {
    const { x, y } = sloping().next(14)
    expect(x).toBeGreaterThan(300 + 14)
    expect(x).toBeLessThan(300 + 3 * 14)
    expect(Math.abs(y - 50)).toBeLessThan(2 * 14)
  })
})
