import { describe, expect, test } from 'vitest'
import { InkLine } from '../../src/ink/ink-line.ts'

function row(slope = 0): InkLine {
  const row = new InkLine({ x: 100, y: 50 })
  for (let i = 0; i <= 200; i++) {
    const x = 100 + i
    const point = { x, y: 50 + slope * i + 20 * Math.sin(i) }
    row.extend(point)
    row.measure(point)
  }
  return row
}

describe('a row', () => {
  test('is as tall however it slopes', () => {
    const level = row().squares
    expect(Math.sqrt(level / 201)).toBeCloseTo(20 / Math.SQRT2, 1)
    for (const slope of [-0.15, -0.05, 0.1, 0.14]) expect(row(slope).squares / level).toBeCloseTo(1, 2)
    expect(row(0.5).squares / level).toBeGreaterThan(1.5) // this is not a slope any more
  })
  test('is the same wherever it stands on the paper', () => {
    const far = new InkLine({ x: 1e6, y: -1e6 })
    for (let i = 0; i <= 200; i++) far.measure({ x: 1e6 + i, y: -1e6 + 20 * Math.sin(i) })
    expect(far.squares).toBeCloseTo(row().squares, 3)
  })
  test.each([
    ['a letter on', { x: 320, y: 40 }, false],
    ['a word on', { x: 360, y: 60 }, false],
    ['back to an i that wants its dot', { x: 120, y: 10 }, false],
    ['the next row', { x: 100, y: 110 }, true],
    ['the next row, indented', { x: 250, y: 100 }, true],
    ['another place above', { x: 200, y: -60 }, true],
    ['another place before', { x: 10, y: 50 }, true],
    ['another place ahead', { x: 600, y: 50 }, true],
  ])('is left for %s: %o %s', (_, start, leaves) => {
    expect(row().isLeftFor(start, 14)).toBe(leaves)
  })
  test('is followed where it slopes', () => {
    expect(row(0.3).isLeftFor({ x: 310, y: 50 + 0.3 * 210 + 15 }, 14)).toBe(false)
  })
  test('goes on, for the network, past its right end', () => {
    const { x, y } = row().next(14)
    expect(x).toBeGreaterThan(300 + 14)
    expect(x).toBeLessThan(300 + 3 * 14)
    expect(Math.abs(y - 50)).toBeLessThan(2 * 14)
  })
})
