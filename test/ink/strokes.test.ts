import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InkPoint } from '../../src/ink/point.ts'
import { type Stroke, Strokes } from '../../src/ink/strokes.ts'

const point = (x: number, t = 0, pressure = 0.5): InkPoint => ({ x, y: 0, t, pressure })

/** Strokes, and what their listener received. */
function listening(every = false) {
  const begun: Stroke[] = []
  const ended: Stroke[] = []
  const moves: InkPoint[] = []
  const strokes = new Strokes(
    {
      onDown: (_, stroke) => begun.push(stroke),
      onMove: (points) => moves.push(...points),
      onUp: (stroke) => ended.push(stroke),
    },
    every,
  )
  return { strokes, begun, ended, moves }
}

describe('one pointer at a time', () => {
  test('draws a stroke with all its points', () => {
    const { strokes, begun, ended, moves } = listening()
    strokes.down(1, 'mouse', point(0, 10))
    strokes.move(1, [point(1, 20), point(2, 30)])
    strokes.move(1, [point(3, 40)])
    expect(ended).toEqual([])
    strokes.up(1)
    expect(begun).toEqual(ended)
    expect(ended[0]?.points.map(({ x }) => x)).toEqual([0, 1, 2, 3])
    expect(moves.map(({ x }) => x)).toEqual([1, 2, 3])
    expect(ended[0]).toMatchObject({ pointerId: 1, pointerType: 'mouse', end: 'lifted' })
  })
  test('the first draws; others are ignored until they come down again', () => {
    const { strokes, begun, moves } = listening()
    for (let finger = 0; finger < 10; finger++) strokes.down(finger, 'touch', point(finger))
    strokes.move(3, [point(9)])
    strokes.up(0)
    strokes.move(3, [point(9)])
    expect([begun.length, moves.length, strokes.pointers]).toEqual([1, 0, []])
    expect(strokes.down(3, 'touch', point(3))).toBe(true)
  })
  test('a pen takes precedence over a palm that came first', () => {
    const { strokes, begun, ended } = listening()
    strokes.down(1, 'touch', point(0, 100))
    strokes.down(2, 'pen', point(5, 110))
    expect(ended).toMatchObject([{ pointerId: 1, end: 'palm' }])
    strokes.down(3, 'touch', point(0, 120))
    strokes.up(2)
    expect(strokes.down(4, 'touch', point(0, 300))).toBe(false) // the palm still rests there
    expect(strokes.down(5, 'touch', point(0, 2000))).toBe(true)
    expect(begun.map(({ pointerId }) => pointerId)).toEqual([1, 2, 5])
  })
  test('touches are ignored while a pen hovers nearby', () => {
    const { strokes } = listening()
    strokes.pen(1000)
    expect(strokes.down(1, 'touch', point(0, 1100))).toBe(false)
    expect(strokes.down(2, 'mouse', point(0, 1100))).toBe(true)
  })
  test('a pointer that comes down twice must have been lifted in between', () => {
    const { strokes, ended } = listening()
    strokes.down(1, 'mouse', point(0))
    strokes.down(1, 'mouse', point(50))
    expect(ended).toMatchObject([{ end: 'cancelled', points: [{ x: 0 }] }])
    expect(strokes.pointers).toEqual([1])
  })
})

test('every pointer draws its own stroke with the option `every`', () => {
  const { strokes, ended } = listening(true)
  for (let finger = 0; finger < 10; finger++) strokes.down(finger, 'touch', point(finger))
  for (let finger = 0; finger < 10; finger++) strokes.move(finger, [point(finger + 100)])
  strokes.up(4)
  strokes.cancel()
  expect(ended.map(({ pointerId, end }) => [pointerId, end])[0]).toEqual([4, 'lifted'])
  expect(ended).toHaveLength(10)
  for (const { pointerId, points } of ended) expect(points.map(({ x }) => x)).toEqual([pointerId, pointerId + 100])
})

describe('a sample', () => {
  test('gets half pressure from a device without pressure', () => {
    const { strokes, ended } = listening()
    strokes.down(1, 'touch', point(0, 0, 0))
    strokes.move(1, [point(1, 1, Number.NaN), point(2, 2, 0.25), point(3, 3, 7), point(4, 4, 0)])
    strokes.up(1)
    expect(ended[0]?.points.map(({ pressure }) => pressure)).toEqual([0.5, 0.5, 0.25, 1, 1])
  })
  test('gets its own time when a whole batch has the same one', () => {
    const { strokes, moves } = listening()
    strokes.down(1, 'touch', point(0, 100))
    strokes.move(
      1,
      [1, 2, 3, 4].map((x) => point(x, 108)),
    )
    strokes.move(
      1,
      [5, 6].map((x) => point(x, 1000)),
    )
    expect(moves.map(({ t }) => t)).toEqual([102, 104, 106, 108, 991.5, 1000])
  })
  test('never goes back in time, and is dropped if its place is not finite', () => {
    const { strokes, moves } = listening()
    expect(strokes.down(1, 'pen', point(Number.NaN))).toBe(false)
    strokes.down(1, 'pen', point(0, 100))
    strokes.move(1, [point(1, 90), point(Number.POSITIVE_INFINITY, 95), point(2, 110)])
    expect(moves).toMatchObject([
      { x: 1, t: 100 },
      { x: 2, t: 110 },
    ])
  })
})

const anyNumber = fc.oneof(fc.double(), fc.double({ min: 0, max: 2000, noNaN: true }))
const anyPoint = fc.record({ x: anyNumber, y: anyNumber, t: anyNumber, pressure: anyNumber })
const pointer = fc.integer({ min: 0, max: 9 })
const event = fc.oneof(
  fc.record({
    kind: fc.constant('down' as const),
    pointer,
    type: fc.constantFrom('mouse', 'touch', 'pen', ''),
    point: anyPoint,
  }),
  fc.record({ kind: fc.constant('move' as const), pointer, points: fc.array(anyPoint, { maxLength: 5 }) }),
  fc.record({ kind: fc.constantFrom('lifted' as const, 'cancelled' as const), pointer }),
  fc.record({ kind: fc.constant('pen' as const), t: anyNumber }),
  fc.record({ kind: fc.constant('blur' as const) }),
)

test('for any events, each stroke ends exactly once and no pointer gets stuck', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), fc.boolean(), (events, every) => {
      const { strokes, begun, ended } = listening(every)
      for (const event of events) {
        if (event.kind === 'down') strokes.down(event.pointer, event.type, event.point)
        else if (event.kind === 'move') strokes.move(event.pointer, event.points)
        else if (event.kind === 'pen') strokes.pen(event.t)
        else if (event.kind === 'blur') strokes.cancel()
        else strokes.up(event.pointer, event.kind)
        expect(begun.length - ended.length).toBe(strokes.pointers.length)
        if (!every) expect(strokes.pointers.length).toBeLessThanOrEqual(1)
      }
      strokes.cancel()
      expect(new Set(ended)).toEqual(new Set(begun))
      expect(ended).toHaveLength(begun.length)
      for (const { points, end } of begun) {
        expect(end).toBeDefined()
        for (const [i, { x, y, t, pressure }] of points.entries()) {
          expect([x, y, t, pressure].every(Number.isFinite)).toBe(true)
          expect(t).toBeGreaterThanOrEqual(points[i - 1]?.t ?? 0)
          expect(pressure).toBeGreaterThan(0)
          expect(pressure).toBeLessThanOrEqual(1)
        }
      }
      expect(strokes.down(99, 'mouse', point(0))).toBe(true)
    }),
  )
})
