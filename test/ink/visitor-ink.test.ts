import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Point } from '../../src/ink/point.ts'
import { VisitorInk } from '../../src/ink/visitor-ink.ts'
import type { Movement } from '../../src/math/movement.ts'
import { nll } from '../../src/network/density.ts'
import { Pen } from '../../src/paper/pen.ts'
import { handwriting, ink, type Motion, model, seen, straight } from '../fixtures/ink.ts'

const line = handwriting()

function write(strokes: Motion[], { rate = 120, visitor = new VisitorInk(), start = 0 } = {}): VisitorInk {
  let t = start
  for (const stroke of strokes) {
    const [first, ...rest] = seen(stroke, rate, t)
    if (first) visitor.down(first)
    for (const sample of rest) visitor.move([sample])
    visitor.up()
    t += stroke.duration + 100
  }
  return visitor
}

/** Writes, then pauses. */
function settled(strokes: Motion[], rate = 120): VisitorInk {
  const visitor = write(strokes, { rate })
  visitor.settle()
  return visitor
}

function moved(strokes: Motion[], place: (point: Point) => Point): Motion[] {
  return strokes.map(({ duration, at }) => ({ duration, at: (t) => place(at(t)) }))
}

const larger = (size: number, hand = line) => moved(hand, ({ x, y }) => ({ x: size * x, y: size * y }))

/** Returns the negative log-likelihood in nats per movement, without the first, which puts the pen down. */
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

/** Returns the standard deviation of y. */
function spread(strokes: Motion[]): number {
  const ys = strokes.flatMap((stroke) => seen(stroke, 50)).map(({ y }) => y)
  const mean = ys.reduce((a, b) => a + b) / ys.length
  return Math.sqrt(ys.reduce((a, y) => a + (y - mean) ** 2, 0) / ys.length)
}

const sum = (movements: readonly Movement[]) =>
  movements.reduce((at, [dx, dy]) => ({ x: at.x + dx, y: at.y + dy }), { x: 0, y: 0 })

describe('a line of handwriting', () => {
  test('becomes movements from its first to its last point, with one lifted pen per stroke', () => {
    const { movements, points, unit } = write(line)
    const [first, last] = [line[0]?.at(0), line.at(-1)?.at(line.at(-1)?.duration as number)] as [Point, Point]
    expect(unit * sum(movements).x).toBeCloseTo(last.x - first.x, 6)
    expect(unit * sum(movements).y).toBeCloseTo(last.y - first.y, 6)
    expect(points[0]).toEqual(first)
    expect(movements[0]).toEqual([0, 0, 0])
    expect(movements.filter(([, , pen]) => pen === 1)).toHaveLength(line.length)
    expect(movements.at(-1)?.[2]).toBe(1)
  })
  test('looks as it was written when a pen draws its movements', () => {
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
  test('is as likely to the network at 60, 120, and 240 events per second, and at half and double size', () => {
    const hands = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => handwriting({ seed }))
    const means = [
      [1, 60],
      [1, 120],
      [1, 240],
      [0.5, 120],
      [2, 120],
    ].map(([size = 1, rate]) => {
      const each = hands.map((hand) => nats(settled(larger(size, hand), rate)))
      return each.reduce((a, b) => a + b) / each.length
    })
    expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.15)
  })
  test.each([0.5, 1, 2, 4])('is measured within 10 percent at size %d', (size) => {
    const normal = settled(line).unit
    const { unit } = settled(larger(size))
    expect(Math.abs(Math.log(unit / normal / size))).toBeLessThan(0.1)
    expect(normal / (0.55 * spread(line))).toBeGreaterThan(0.85)
    expect(normal / (0.55 * spread(line))).toBeLessThan(1.18)
  })
})

describe('while the visitor writes', () => {
  test('movements only grow unless the revision increases', () => {
    // The guess is half the true size: a tall letter could look like the start of another line. This writing has none.
    const visitor = new VisitorInk({ unit: 5 })
    let [revision, before] = [0, [] as Movement[]]
    let revisions = 0
    let t = 0
    for (const stroke of handwriting({ seed: 3 })) {
      for (const [i, sample] of seen(stroke, 60, t).entries()) {
        if (i === 0) visitor.down(sample)
        else visitor.move([sample])
        if (visitor.revision === revision) expect(visitor.movements.slice(0, before.length)).toEqual(before)
        else revisions++
        ;[revision, before] = [visitor.revision, visitor.movements.map((movement) => [...movement])]
        const tip = sum([...visitor.movements, ...visitor.pending])
        expect(visitor.unit * tip.x).toBeCloseTo(sample.x - (visitor.points[0] as Point).x, 6)
        expect(visitor.unit * tip.y).toBeCloseTo(sample.y - (visitor.points[0] as Point).y, 6)
        expect(visitor.tip).toEqual({ x: expect.closeTo(sample.x, 6), y: expect.closeTo(sample.y, 6) })
        expect(visitor.pending.length).toBeLessThan(6)
      }
      visitor.up()
      expect(visitor.pending).toEqual([])
      t += stroke.duration + 100
    }
    expect(revisions).toBeGreaterThan(0)
    expect(revisions).toBeLessThan(12)
  })
  test('movements made sample by sample equal those of the whole ink', () => {
    const visitor = write(line)
    const again = new VisitorInk({ unit: visitor.unit, stride: visitor.stride })
    for (const stroke of visitor.strokes.slice(0, 3)) {
      again.down(stroke[0] as (typeof stroke)[number])
      again.move(stroke.slice(1))
      if (again.revision > 0) break
      expect(again.movements).toEqual(visitor.movements.slice(0, again.movements.length))
      again.up()
    }
    expect(again.movements.length).toBeGreaterThan(10)
  })
  test('one letter is enough for an estimate within a factor of two', () => {
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
  test('a dash, a dot, and a long rest do not mislead the estimate', () => {
    const visitor = new VisitorInk()
    write([straight({ x: 0, y: 0 }, { x: 40, y: 1 }, 200)], { visitor })
    visitor.down(ink({ x: 60, y: 0 }, 1000))
    for (let i = 1; i < 300; i++) visitor.move([ink({ x: 60, y: 0 }, 1000 + 10 * i)])
    visitor.up()
    expect(visitor.unit).toBeGreaterThan(8)
    expect(visitor.unit).toBeLessThan(12.5)
    const dot = visitor.movements.at(-1) as Movement
    expect(Math.hypot(dot[0], dot[1])).toBeCloseTo(0.04 / 0.5657, 6)
    expect(visitor.movements.filter(([, , pen]) => pen === 1)).toHaveLength(2)
  })
})

describe('another line', () => {
  const below = moved(line, ({ x, y }) => ({ x, y: y + 130 }))
  const visitor = write([...line, ...below])
  const { movements, points } = visitor
  const first = points.findIndex((point) => point.x === below[0]?.at(0).x && point.y === below[0]?.at(0).y)

  test('continues on the same endless line for the network', () => {
    const [dx, dy] = movements[first] as Movement
    expect(dx).toBeGreaterThan(0)
    expect(Math.hypot(dx, dy) / visitor.unit).toBeLessThan(15)
  })
  test('does not change the estimated size', () => {
    expect(Math.abs(Math.log(visitor.unit / write(line).unit))).toBeLessThan(0.2)
  })
})

describe('when visitor and network take turns', () => {
  const written: Movement[] = [
    [1.5, 0, 0],
    [0.5, 0.5, 0],
    [0.5, -0.5, 0],
  ]
  function continued() {
    const visitor = write(line)
    const before = visitor.movements.length
    let { x, y } = visitor.points.at(-1) as Point
    for (const [dx, dy, pen] of written) {
      x += dx * visitor.unit
      y += dy * visitor.unit
      visitor.wrote([dx, dy, pen], { x, y })
    }
    return { visitor, before, x, y }
  }
  test('the movements are one sequence of both', () => {
    const { visitor, before, x, y } = continued()
    expect(visitor.movements.slice(before)).toEqual(written)
    visitor.down(ink({ x: x + 20, y: y + 3 }, 1e5))
    // the network's stroke ends where the visitor takes over, and the pen jumps from there
    expect(visitor.movements.slice(before + 3)).toEqual([
      [0, 0, 1],
      [expect.closeTo(20 / visitor.unit, 9), expect.closeTo(3 / visitor.unit, 9), 0],
    ])
  })
  test('the size is that of the visitor, whatever the network writes', () => {
    const { visitor } = continued()
    const { unit } = visitor
    for (let i = 0; i < 100; i++)
      visitor.wrote([10 / unit, (i % 2 ? 90 : -90) / unit, 0], { x: 600 + 10 * i, y: i % 2 ? 290 : 200 })
    write(
      moved(line.slice(0, 1), ({ x, y }) => ({ x: x + 1700, y })),
      { visitor, start: 1e5 },
    )
    expect(Math.abs(Math.log(visitor.unit / unit))).toBeLessThan(0.2)
  })
  test('what the network wrote survives a rebuild', () => {
    const { visitor } = continued()
    visitor.down(ink({ x: 2000, y: 200 }, 1e5))
    visitor.undo()
    expect(visitor.movements.slice(-4, -1)).toEqual(written)
  })
})

test('undo removes a stroke', () => {
  const visitor = settled(line)
  const before = [...visitor.movements]
  const { revision } = visitor
  write([straight({ x: 700, y: 200 }, { x: 702, y: 204 }, 30)], { visitor, start: 1e5 })
  expect(visitor.movements.length).toBeGreaterThan(before.length)
  visitor.undo()
  expect(visitor.movements).toEqual(before)
  expect(visitor.revision).toBeGreaterThan(revision)
  new VisitorInk().undo()
})

test('undo removes everything the network wrote since, and then the stroke before it', () => {
  const visitor = write(line)
  const before = [...visitor.movements]
  for (let i = 1; i < 9; i++) visitor.wrote([9, 0, i % 4 === 0 ? 1 : 0], { x: 900 + 9 * i, y: 200 })
  expect(visitor.movements.length).toBe(before.length + 8)
  visitor.undo()
  expect(visitor.movements).toEqual(before)
  visitor.undo()
  expect(visitor.strokes.length).toBe(line.length - 1)
})

test('clear keeps the estimates', () => {
  const visitor = write(larger(3))
  const { unit, revision } = visitor
  visitor.clear()
  expect([visitor.movements, visitor.points, visitor.strokes, visitor.pending]).toEqual([[], [], [], []])
  expect([visitor.unit, visitor.revision]).toEqual([unit, revision + 1])
  write([straight({ x: 0, y: 0 }, { x: 50, y: 2 }, 200)], { visitor })
  expect(Math.abs(Math.log(visitor.unit / unit))).toBeLessThan(0.15)
})

test('a visitor who takes turns with the network for weeks keeps only the latest movements', () => {
  const visitor = new VisitorInk()
  const end = line.at(-1)?.at(line.at(-1)?.duration as number) as Point
  let most = 0
  let forgotten = 0
  for (let n = 0; n < 9; n++) {
    const { revision } = visitor
    const before = visitor.movements.length
    const away = 9000 * n
    write(
      moved(line, ({ x, y }) => ({ x: x + away, y })),
      { visitor, rate: 30, start: 20_000 * n },
    )
    most = Math.max(most, visitor.movements.length)
    if (visitor.movements.length < before) {
      forgotten++
      expect(visitor.revision).toBeGreaterThan(revision)
    }
    expect(visitor.points).toHaveLength(visitor.movements.length)
    expect(visitor.points.at(-1)?.x).toBeCloseTo(end.x + away)
    for (let i = 1; i <= 700; i++) visitor.wrote([9, 0, i % 9 ? 0 : 1], { x: end.x + away + 9 * i, y: end.y })
  }
  expect(forgotten).toBeGreaterThan(0)
  expect(most).toBeGreaterThan(4000)
  expect(most).toBeLessThan(8000)
  expect(visitor.strokes.length).toBeLessThan(8 * line.length)
  expect(Math.abs(Math.log(visitor.unit / settled(line).unit))).toBeLessThan(0.15)
  const strokes = visitor.strokes.length
  visitor.undo() // what the network wrote
  visitor.undo()
  expect(visitor.strokes).toHaveLength(strokes - 1)
})

test('refuses ink that is not finite, and loses nothing', () => {
  const visitor = write(line)
  const before = [...visitor.movements]
  expect(() => visitor.down(ink({ x: Number.NaN, y: 1 }, 0))).toThrow('got ink at NaN, 1, time 0, pressure 0.5')
  expect(() => visitor.move([ink({ x: 1, y: 1 }, Number.POSITIVE_INFINITY)])).toThrow(RangeError)
  expect(() => visitor.wrote([Number.NaN, 0, 0], { x: 0, y: 0 })).toThrow(RangeError)
  expect(visitor.movements).toEqual(before)
  expect(visitor.writing).toBe(false)
  for (const unit of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => new VisitorInk({ unit })).toThrow(`Expected unit to be a finite number above 0, got ${unit}.`)
})

test('for any actions, all movements are finite and there are as many points', () => {
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
      const visitor = new VisitorInk()
      for (const action of actions) {
        if (action.kind === 'down') visitor.down(action.point)
        else if (action.kind === 'move') visitor.move(action.points)
        else if (action.kind === 'wrote') visitor.wrote([1, 2, 0], action.point)
        else visitor[action.kind]()
        expect([...visitor.movements, ...visitor.pending].flat().every(Number.isFinite)).toBe(true)
        expect(visitor.points).toHaveLength(visitor.movements.length)
        expect(visitor.unit > 0 && visitor.stride > 0 && Number.isFinite(visitor.unit * visitor.stride)).toBe(true)
      }
    }),
  )
})
