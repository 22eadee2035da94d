import { describe, expect, test } from 'vitest'
import { p5Surface } from '../../src/paper/p5-surface.ts'

/** Records what is called on it, as p5 would be. */
class P5 {
  readonly calls: (string | number)[][] = []
  line(...numbers: number[]): this {
    this.calls.push(['line', ...numbers])
    return this
  }
  bezier(...numbers: number[]): this {
    this.calls.push(['bezier', ...numbers])
    return this
  }
}

/** The point of a cubic at t. */
function cubic(t: number, [x1, y1, x2, y2, x3, y3, x4, y4]: number[]): [number, number] {
  const s = 1 - t
  const at = (a: number, b: number, c: number, d: number) =>
    s ** 3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t ** 3 * d
  return [at(x1, x2, x3, x4), at(y1, y2, y3, y4)]
}

describe('p5Surface', () => {
  test('draws lines from where the last one ended', () => {
    const p = new P5()
    const surface = p5Surface(p)
    surface.moveTo(1, 2)
    surface.lineTo(3, 4)
    surface.lineTo(5, 6)
    surface.moveTo(7, 8)
    surface.lineTo(9, 10)
    expect(p.calls).toEqual([
      ['line', 1, 2, 3, 4],
      ['line', 3, 4, 5, 6],
      ['line', 7, 8, 9, 10],
    ])
  })
  test('draws the same curve as a canvas', () => {
    const p = new P5()
    const surface = p5Surface(p)
    surface.moveTo(3, -4)
    surface.quadraticCurveTo?.(30, 50, 60, 5)
    surface.lineTo(0, 0)
    const [[name, ...numbers], line] = p.calls
    expect([name, line]).toEqual(['bezier', ['line', 60, 5, 0, 0]])
    for (let t = 0; t <= 1; t += 0.125) {
      const s = 1 - t
      const [x, y] = cubic(t, numbers as number[])
      expect(x).toBeCloseTo(s * s * 3 + 2 * s * t * 30 + t * t * 60, 10)
      expect(y).toBeCloseTo(s * s * -4 + 2 * s * t * 50 + t * t * 5, 10)
    }
  })
  test('has no curves where the library has none, so that they become lines', () => {
    expect(p5Surface({ line: () => {} }).quadraticCurveTo).toBeUndefined()
  })
})
