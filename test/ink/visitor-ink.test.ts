import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '../../src/ink/point.ts'
import { VisitorInk } from '../../src/ink/visitor-ink.ts'
import type { Movement } from '../../src/math/movement.ts'
import { nll } from '../../src/network/density.ts'
import { Pen } from '../../src/paper/pen.ts'
import { handwriting, ink, type Motion, model, seen, straight } from '../fixtures/ink.ts'

const line = handwriting()

function write(strokes: Motion[], { rate = 120, writer = new VisitorInk(), start = 0 } = {}): VisitorInk {
  let t = start
  for (const stroke of strokes) {
    const [first, ...rest] = seen(stroke, rate, t)
    if (first) writer.down(first)
    for (const sample of rest) writer.move([sample])
    writer.up()
    t += stroke.duration + 100
  }
  return writer
}

/** Written, and the hand rests. */
function settled(strokes: Motion[], rate = 120): VisitorInk {
  const writer = write(strokes, { rate })
  writer.settle()
  return writer
}

function moved(strokes: Motion[], place: (point: Point) => Point): Motion[] {
  return strokes.map(({ duration, at }) => ({ duration, at: (t) => place(at(t)) }))
}

const larger = (size: number, hand = line) => moved(hand, ({ x, y }) => ({ x: size * x, y: size * y }))

/** Nats per point of what was written, the putting down of the pen left out. */
function nats({ movements }: VisitorInk): number {
  model.set_scale_factor(1)
  let state = model.update([0, 0, 1], model.zero_state())
  let sum = 0
  for (const [i, movement] of movements.entries()) {
    if (i > 0) sum += nll(model.get_pdf(state), movement)
    state = model.update(movement, state)
  }
  return sum / (movements.length - 1)
}

/** The standard deviation of y. */
function spread(strokes: Motion[]): number {
  const ys = strokes.flatMap((stroke) => seen(stroke, 50)).map(({ y }) => y)
  const mean = ys.reduce((a, b) => a + b) / ys.length
  return Math.sqrt(ys.reduce((a, y) => a + (y - mean) ** 2, 0) / ys.length)
}

const sum = (movements: readonly Movement[]) =>
  movements.reduce((at, [dx, dy]) => ({ x: at.x + dx, y: at.y + dy }), { x: 0, y: 0 })

describe('a line of handwriting', () => {
  test('becomes movements that lead from its first to its last point, the pen lifted once a stroke', () => {
    const { movements, points, unit } = write(line)
    const [first, last] = [line[0]?.at(0), line.at(-1)?.at(line.at(-1)?.duration as number)] as [Point, Point]
    expect(unit * sum(movements).x).toBeCloseTo(last.x - first.x, 6)
    expect(unit * sum(movements).y).toBeCloseTo(last.y - first.y, 6)
    expect(points[0]).toEqual(first)
    expect(movements[0]).toEqual([0, 0, 0])
    expect(movements.filter(([, , pen]) => pen === 1)).toHaveLength(line.length)
    expect(movements.at(-1)?.[2]).toBe(1)
  })
  test('is drawn by a pen as it was written', () => {
    const { movements, points, unit } = write(line)
    const pen = new Pen(points[0]?.x, points[0]?.y)
    for (const [i, movement] of movements.entries()) {
      const [dx, dy, lifts] = movement
      pen.move([unit * dx, unit * dy, lifts])
      expect(Math.hypot(pen.x - (points[i] as Point).x, pen.y - (points[i] as Point).y)).toBeLessThan(1e-6)
    }
  })
  test('has the steps of training, 0.51 model units on average', () => {
    const { movements } = settled(line)
    const steps = movements.filter((_, i) => movements[i - 1]?.[2] === 0).map(([dx, dy]) => Math.hypot(dx, dy))
    expect(steps.reduce((a, b) => a + b) / steps.length).toBeGreaterThan(0.46)
    expect(steps.reduce((a, b) => a + b) / steps.length).toBeLessThan(0.57)
  })
  test('means the same to the network at 60, 120 and 240 events a second, and at half and double size', () => {
    const hands = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => handwriting({ seed }))
    const alike = [
      [1, 60],
      [1, 120],
      [1, 240],
      [0.5, 120],
      [2, 120],
    ].map(([size = 1, rate]) => {
      const each = hands.map((hand) => nats(settled(larger(size, hand), rate)))
      return each.reduce((a, b) => a + b) / each.length
    })
    expect(Math.max(...alike) - Math.min(...alike)).toBeLessThan(0.15)
  })
  test.each([0.5, 1, 2, 4])('is as large as it is, at size %d', (size) => {
    const usual = settled(line).unit
    const { unit } = settled(larger(size))
    expect(Math.abs(Math.log(unit / usual / size))).toBeLessThan(0.1)
    expect(usual / (0.55 * spread(line))).toBeGreaterThan(0.85)
    expect(usual / (0.55 * spread(line))).toBeLessThan(1.18)
  })
})

describe('while the hand writes', () => {
  test('movements only grow, except where the revision says otherwise', () => {
    // The guess is half of what is true: a tall letter could pass for the beginning of another row. In this hand none does.
    const writer = new VisitorInk({ unit: 5 })
    let [revision, before] = [0, [] as Movement[]]
    let revisions = 0
    let t = 0
    for (const stroke of handwriting({ seed: 3 })) {
      for (const [i, sample] of seen(stroke, 60, t).entries()) {
        if (i === 0) writer.down(sample)
        else writer.move([sample])
        if (writer.revision === revision) expect(writer.movements.slice(0, before.length)).toEqual(before)
        else revisions++
        ;[revision, before] = [writer.revision, writer.movements.map((movement) => [...movement])]
        const tip = sum([...writer.movements, ...writer.pending])
        expect(writer.unit * tip.x).toBeCloseTo(sample.x - (writer.points[0] as Point).x, 6)
        expect(writer.unit * tip.y).toBeCloseTo(sample.y - (writer.points[0] as Point).y, 6)
        expect(writer.tip).toEqual({ x: expect.closeTo(sample.x, 6), y: expect.closeTo(sample.y, 6) })
        expect(writer.pending.length).toBeLessThan(6)
      }
      writer.up()
      expect(writer.pending).toEqual([])
      t += stroke.duration + 100
    }
    expect(revisions).toBeGreaterThan(0)
    expect(revisions).toBeLessThan(12)
  })
  test('what was made sample by sample is what another reading would make of the ink', () => {
    const writer = write(line)
    const again = new VisitorInk({ unit: writer.unit, stride: writer.stride })
    for (const stroke of writer.strokes.slice(0, 3)) {
      again.down(stroke[0] as (typeof stroke)[number])
      again.move(stroke.slice(1))
      if (again.revision > 0) break
      expect(again.movements).toEqual(writer.movements.slice(0, again.movements.length))
      again.up()
    }
    expect(again.movements.length).toBeGreaterThan(10)
  })
  test('a letter is enough to be within a factor of two', () => {
    for (const size of [0.5, 1, 2, 3]) {
      const round = (t: number) => (2 * Math.PI * t) / 400
      const o: Motion = {
        duration: 400,
        at: (t) => ({ x: 13.5 * size * Math.cos(round(t)), y: 13.5 * size * Math.sin(round(t)) }), // an x-height of 27
      }
      const { unit } = write([o])
      expect(unit / size).toBeGreaterThan(5)
      expect(unit / size).toBeLessThan(20)
    }
  })
  test('a dash, a dot and a long rest do not mislead', () => {
    const writer = new VisitorInk()
    write([straight({ x: 0, y: 0 }, { x: 40, y: 1 }, 200)], { writer })
    writer.down(ink({ x: 60, y: 0 }, 1000))
    for (let i = 1; i < 300; i++) writer.move([ink({ x: 60, y: 0 }, 1000 + 10 * i)])
    writer.up()
    expect(writer.unit).toBeGreaterThan(8)
    expect(writer.unit).toBeLessThan(12.5)
    const dot = writer.movements.at(-1) as Movement
    expect(Math.hypot(dot[0], dot[1])).toBeCloseTo(0.04 / 0.5657, 6)
    expect(writer.movements.filter(([, , pen]) => pen === 1)).toHaveLength(2)
  })
})

describe('another row', () => {
  const below = moved(line, ({ x, y }) => ({ x, y: y + 130 }))
  const writer = write([...line, ...below])
  const { movements, points } = writer
  const first = points.findIndex((point) => point.x === below[0]?.at(0).x && point.y === below[0]?.at(0).y)

  test('stands further on on the same line for the network, and where it is on the paper', () => {
    const [dx, dy] = movements[first] as Movement
    expect(dx).toBeGreaterThan(0)
    expect(Math.hypot(dx, dy) / writer.unit).toBeLessThan(15)
  })
  test('does not change the size of the hand', () => {
    expect(Math.abs(Math.log(writer.unit / write(line).unit))).toBeLessThan(0.2)
  })
})

describe('where network and hand take turns', () => {
  const taken: Movement[] = [
    [1.5, 0, 0],
    [0.5, 0.5, 0],
    [0.5, -0.5, 0],
  ]
  function continued() {
    const writer = write(line)
    const before = writer.movements.length
    let { x, y } = writer.points.at(-1) as Point
    for (const [dx, dy, pen] of taken) {
      x += dx * writer.unit
      y += dy * writer.unit
      writer.wrote([dx, dy, pen], { x, y })
    }
    return { writer, before, x, y }
  }
  test('the movements are one row of both', () => {
    const { writer, before, x, y } = continued()
    expect(writer.movements.slice(before)).toEqual(taken)
    writer.down(ink({ x: x + 20, y: y + 3 }, 1e5))
    // the network's stroke ends where the hand takes over, and the pen leaps from there
    expect(writer.movements.slice(before + 3)).toEqual([
      [0, 0, 1],
      [expect.closeTo(20 / writer.unit, 9), expect.closeTo(3 / writer.unit, 9), 0],
    ])
  })
  test('the size is that of the hand, whatever the network does', () => {
    const { writer } = continued()
    const { unit } = writer
    for (let i = 0; i < 100; i++)
      writer.wrote([10 / unit, (i % 2 ? 90 : -90) / unit, 0], { x: 600 + 10 * i, y: i % 2 ? 290 : 200 })
    write(
      moved(line.slice(0, 1), ({ x, y }) => ({ x: x + 1700, y })),
      { writer, start: 1e5 },
    )
    expect(Math.abs(Math.log(writer.unit / unit))).toBeLessThan(0.2)
  })
  test('what the network wrote stays when all is made anew', () => {
    const { writer } = continued()
    writer.down(ink({ x: 2000, y: 200 }, 1e5))
    writer.undo()
    expect(writer.movements.slice(-4, -1)).toEqual(taken)
  })
})

test('a stroke can be taken back', () => {
  const writer = settled(line)
  const before = [...writer.movements]
  const { revision } = writer
  write([straight({ x: 700, y: 200 }, { x: 702, y: 204 }, 30)], { writer, start: 1e5 })
  expect(writer.movements.length).toBeGreaterThan(before.length)
  writer.undo()
  expect(writer.movements).toEqual(before)
  expect(writer.revision).toBeGreaterThan(revision)
  new VisitorInk().undo()
})

test('all that the network wrote since is taken back at once, and then the stroke before it', () => {
  const writer = write(line)
  const before = [...writer.movements]
  for (let i = 1; i < 9; i++) writer.wrote([9, 0, i % 4 === 0 ? 1 : 0], { x: 900 + 9 * i, y: 200 })
  expect(writer.movements.length).toBe(before.length + 8)
  writer.undo()
  expect(writer.movements).toEqual(before)
  writer.undo()
  expect(writer.strokes.length).toBe(line.length - 1)
})

test('an empty page keeps the hand', () => {
  const writer = write(larger(3))
  const { unit, revision } = writer
  writer.clear()
  expect([writer.movements, writer.points, writer.strokes, writer.pending]).toEqual([[], [], [], []])
  expect([writer.unit, writer.revision]).toEqual([unit, revision + 1])
  write([straight({ x: 0, y: 0 }, { x: 50, y: 2 }, 200)], { writer })
  expect(Math.abs(Math.log(writer.unit / unit))).toBeLessThan(0.15)
})

test('a hand that writes for weeks, in turn with the network, is remembered as far back as the network can remember', () => {
  const writer = new VisitorInk()
  const end = line.at(-1)?.at(line.at(-1)?.duration as number) as Point
  let most = 0
  let forgotten = 0
  for (let n = 0; n < 9; n++) {
    const { revision } = writer
    const before = writer.movements.length
    const away = 9000 * n
    write(
      moved(line, ({ x, y }) => ({ x: x + away, y })),
      { writer, rate: 30, start: 20_000 * n },
    )
    most = Math.max(most, writer.movements.length)
    if (writer.movements.length < before) {
      forgotten++
      expect(writer.revision).toBeGreaterThan(revision)
    }
    expect(writer.points).toHaveLength(writer.movements.length)
    expect(writer.points.at(-1)?.x).toBeCloseTo(end.x + away)
    for (let i = 1; i <= 700; i++) writer.wrote([9, 0, i % 9 ? 0 : 1], { x: end.x + away + 9 * i, y: end.y })
  }
  expect(forgotten).toBeGreaterThan(0)
  expect(most).toBeGreaterThan(4000)
  expect(most).toBeLessThan(8000)
  expect(writer.strokes.length).toBeLessThan(8 * line.length)
  expect(Math.abs(Math.log(writer.unit / settled(line).unit))).toBeLessThan(0.15)
  const strokes = writer.strokes.length
  writer.undo() // what the network wrote
  writer.undo()
  expect(writer.strokes).toHaveLength(strokes - 1)
})

test('ink that is nowhere is refused, and nothing is lost', () => {
  const writer = write(line)
  const before = [...writer.movements]
  expect(() => writer.down(ink({ x: Number.NaN, y: 1 }, 0))).toThrow('got ink at NaN, 1, time 0, pressure 0.5')
  expect(() => writer.move([ink({ x: 1, y: 1 }, Number.POSITIVE_INFINITY)])).toThrow(RangeError)
  expect(() => writer.wrote([Number.NaN, 0, 0], { x: 0, y: 0 })).toThrow(RangeError)
  expect(writer.movements).toEqual(before)
  expect(writer.writing).toBe(false)
  for (const unit of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => new VisitorInk({ unit })).toThrow(`Expected unit to be a finite number above 0, got ${unit}.`)
})

test('whatever is drawn, in whatever order, all movements stay finite and as many as the points', () => {
  const point = fc.record({
    x: fc.double({ min: -3000, max: 3000, noNaN: true }),
    y: fc.double({ min: -3000, max: 3000, noNaN: true }),
    t: fc.double({ min: 0, max: 5000, noNaN: true }),
    pressure: fc.constant(0.5),
  })
  const action = fc.oneof(
    fc.record({ kind: fc.constant('down' as const), point }),
    fc.record({ kind: fc.constant('move' as const), points: fc.array(point, { maxLength: 30 }) }),
    fc.record({ kind: fc.constantFrom('up' as const, 'undo' as const, 'clear' as const) }),
    fc.record({ kind: fc.constant('wrote' as const), point }),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 20 }), (actions) => {
      const writer = new VisitorInk()
      for (const action of actions) {
        if (action.kind === 'down') writer.down(action.point)
        else if (action.kind === 'move') writer.move(action.points)
        else if (action.kind === 'wrote') writer.wrote([1, 2, 0], action.point)
        else writer[action.kind]()
        expect([...writer.movements, ...writer.pending].flat().every(Number.isFinite)).toBe(true)
        expect(writer.points).toHaveLength(writer.movements.length)
        expect(writer.unit > 0 && writer.stride > 0 && Number.isFinite(writer.unit * writer.stride)).toBe(true)
      }
    }),
  )
})
