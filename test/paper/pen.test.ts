import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { Pen } from '../../src/paper/pen.ts'
import type { Surface } from '../../src/paper/surface.ts'
import { type Call, Recorder } from '../fixtures/recorder.ts'

function draw(movements: Movement[], pen = new Pen()): Recorder {
  const surface = new Recorder()
  for (const movement of movements) pen.move(movement, surface)
  return surface
}

// multiples of four, so that midpoints are exact
const whole = fc.integer({ min: -50, max: 50 }).map((n) => 4 * n)
const scribbles = fc.array(fc.tuple(whole, whole, fc.constantFrom(0, 0, 0, 1)) as fc.Arbitrary<Movement>, {
  maxLength: 40,
})

describe('the pen-up rule', () => {
  test('leaves no ink for the first movement, which brings the pen to the paper', () => {
    const pen = new Pen(10, 20)
    expect(pen.touches).toBe(false)
    expect(draw([[5, 6, 0]], pen).calls).toEqual([])
    expect([pen.x, pen.y, pen.touches]).toEqual([15, 26, true])
  })
  test('leaves no ink for the movement after a pen value of 1', () => {
    const { strokes } = draw([
      [0, 0, 0],
      [4, 0, 1],
      [10, 0, 0],
      [4, 0, 1],
    ])
    expect(strokes).toEqual([
      [
        ['M', 0, 0],
        ['Q', 0, 0, 2, 0],
        ['L', 4, 0],
      ],
      [
        ['M', 14, 0],
        ['Q', 14, 0, 16, 0],
        ['L', 18, 0],
      ],
    ])
  })
  test('leaves no ink while the pen is lifted', () => {
    expect(draw(Array.from({ length: 9 }, () => [3, 4, 1])).calls).toEqual([])
  })
  test('moves the pen the same with and without a surface', () => {
    fc.assert(
      fc.property(scribbles, whole, whole, (movements, x, y) => {
        const [seen, unseen] = [new Pen(x, y), new Pen(x, y)]
        draw(movements, seen)
        for (const movement of movements) unseen.move(movement)
        for (const pen of [seen, unseen]) {
          expect(pen.x).toBe(movements.reduce((sum, [dx]) => sum + dx, x))
          expect(pen.y).toBe(movements.reduce((sum, [, dy]) => sum + dy, y))
          expect(pen.touches).toBe(movements.at(-1)?.[2] === 0)
        }
      }),
    )
  })
  test('draws one stroke each time the pen comes down and moves', () => {
    fc.assert(
      fc.property(scribbles, (movements) => {
        const moved = movements.map(([dx, dy, pen]): Movement => [dx || 4, dy, pen]) // a line without length leaves no ink
        const begun = moved.filter((_, n) => n > 0 && moved[n - 1][2] === 0 && (n === 1 || moved[n - 2][2] === 1))
        const { strokes } = draw(moved)
        // a stroke that starts where the last one ended cannot be told apart from it
        expect(strokes.length).toBeLessThanOrEqual(begun.length)
        if (moved.every(([dx]) => dx > 0)) expect(strokes.length).toBe(begun.length)
      }),
    )
  })
})

describe('the line', () => {
  test('runs from midpoint to midpoint, with the point between as control point', () => {
    const { calls } = draw([
      [0, 0, 0],
      [8, 0, 0],
      [0, 8, 0],
      [8, 0, 1],
    ])
    expect(calls).toEqual([
      ['M', 0, 0],
      ['Q', 0, 0, 4, 0],
      ['M', 4, 0],
      ['Q', 8, 0, 8, 4],
      ['M', 8, 4],
      ['Q', 8, 8, 12, 8],
      ['L', 16, 8],
    ])
  })
  test('is smooth: each curve continues the position and tangent of the last one', () => {
    fc.assert(
      fc.property(scribbles, (movements) => {
        for (const stroke of draw(movements).strokes) {
          const curves = stroke.filter(([kind]) => kind === 'Q') as [string, number, number, number, number][]
          for (let n = 1; n < curves.length; n++) {
            const [, fromX, fromY, x, y] = curves[n - 1]
            const [, toX, toY] = curves[n]
            // the joint is the midpoint of the two control points, so the tangents agree
            expect([2 * x, 2 * y]).toEqual([fromX + toX, fromY + toY])
          }
        }
      }),
    )
  })
  test('starts at the first point and ends at the last', () => {
    fc.assert(
      fc.property(scribbles, (movements) => {
        const pen = new Pen()
        const surface = new Recorder()
        for (const [dx, dy, lifts] of movements) {
          const before = { x: pen.x, y: pen.y, touches: pen.touches }
          pen.move([dx, dy, lifts], surface)
          const drawn = surface.calls.splice(0)
          if (before.touches && lifts) expect(drawn.at(-1)).toEqual(['L', pen.x, pen.y])
        }
      }),
    )
    const { strokes } = draw([
      [7, 7, 0],
      [2, 0, 0],
      [2, 0, 1],
    ])
    expect(strokes[0][0]).toEqual(['M', 7, 7])
    expect(strokes[0].at(-1)).toEqual(['L', 11, 7])
  })
  test('is the same drawn at once or one movement per frame', () => {
    fc.assert(
      fc.property(scribbles, (movements) => {
        const whole = draw(movements).calls
        const pen = new Pen()
        const pieces: Call[] = []
        for (const movement of movements) {
          const frame = new Recorder()
          pen.move(movement, frame)
          if (frame.calls.length > 0) expect(frame.calls[0][0]).toBe('M') // each piece can be stroked by itself
          pieces.push(...frame.calls)
        }
        expect(pieces).toEqual(whole)
      }),
    )
  })
  test('is a polyline through the same points on a surface without curves', () => {
    const calls: [string, number, number][] = []
    const plotter: Surface = {
      moveTo: (x, y) => void calls.push(['M', x, y]),
      lineTo: (x, y) => void calls.push(['L', x, y]),
    }
    const pen = new Pen()
    const movements: Movement[] = [
      [0, 0, 0],
      [8, 0, 0],
      [0, 8, 1],
    ]
    for (const movement of movements) pen.move(movement, plotter)
    expect(calls).toEqual([
      ['M', 0, 0],
      ['L', 0, 0],
      ['L', 4, 0],
      ['M', 4, 0],
      ['L', 8, 0],
      ['L', 8, 4],
      ['L', 8, 8],
    ])
  })
})

describe('a jump', () => {
  test('moves the pen without ink', () => {
    const pen = new Pen()
    const surface = draw(
      [
        [0, 0, 0],
        [4, 0, 1],
      ],
      pen,
    )
    const before = surface.calls.length
    pen.jump(100, 50, surface)
    expect(surface.calls.length).toBe(before)
    expect([pen.x, pen.y, pen.touches]).toEqual([100, 50, false])
    pen.move([1, 1, 0], surface)
    expect(surface.calls.length).toBe(before)
    pen.move([2, 0, 1], surface)
    expect(surface.strokes.at(-1)?.[0]).toEqual(['M', 101, 51])
  })
  test('draws a stroke in progress to its end', () => {
    const pen = new Pen()
    const surface = draw(
      [
        [0, 0, 0],
        [8, 0, 0],
        [0, 8, 0],
      ],
      pen,
    )
    expect(surface.calls.at(-1)).toEqual(['Q', 8, 0, 8, 4])
    pen.jump(100, 100, surface)
    expect(surface.calls.at(-1)).toEqual(['L', 8, 8])
    expect(surface.strokes.length).toBe(1)
  })
  test('works without a surface', () => {
    const pen = new Pen()
    pen.move([1, 1, 0])
    pen.jump(3, 4)
    expect([pen.x, pen.y, pen.touches]).toEqual([3, 4, false])
  })
})
