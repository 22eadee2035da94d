import { describe, expect, test } from 'vitest'
import { VisitorInk } from '../../src/ink/visitor-ink.ts'
import type { Movement } from '../../src/math/movement.ts'
import { Random } from '../../src/math/random.ts'
import type { State } from '../../src/network/lstm.ts'
import { Model } from '../../src/writing/model.ts'
import { Reader, type Writing } from '../../src/writing/reader.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

const model = new Model(smallWeights(6, 4), new Random(7))
const random = new Random(1)
const movements = (count: number): Movement[] =>
  Array.from({ length: count }, (_, n) => [random.normal(), random.normal(), n % 9 === 8 ? 1 : 0])

function writing(count: number, pending: Movement[] = []) {
  return { revision: 0, movements: movements(count), pending } satisfies Writing
}

/** The state after reading a lifted pen and these movements, in model units. */
function remembered(made: readonly Readonly<Movement>[]): State {
  return made.reduce(
    (state, [dx, dy, pen]) => model.update([10 * dx, 10 * dy, pen], state), // the default scale factor
    model.update([0, 0, 1], model.zero_state()),
  )
}

const close = (state: State) => ({
  h: Array.from(state.h, (value) => expect.closeTo(value, 5)),
  c: Array.from(state.c, (value) => expect.closeTo(value, 5)),
})
const plain = ({ h, c }: State) => ({ h: [...h], c: [...c] })

/** Returns true `count` times, then false. */
function times(count: number): () => boolean {
  let asked = 0
  return () => asked++ < count
}

test('reads what is written, and then what is added', () => {
  const page = writing(12)
  const reader = new Reader(model, page)
  expect(reader.read()).toBe(true)
  expect(plain(reader.state)).toEqual(close(remembered(page.movements)))
  page.movements.push(...movements(5))
  let steps = 0
  reader.read(() => ++steps > 0)
  expect(steps).toBe(5)
  expect(plain(reader.state)).toEqual(close(remembered(page.movements)))
})

test('starts with the last 250 movements of a long text', () => {
  const page = writing(600)
  const reader = new Reader(model, page)
  expect(reader.read(times(250))).toBe(true)
  expect(plain(reader.state)).toEqual(close(remembered(page.movements.slice(-250))))
})

test('does not depend on the scale factor of the model', () => {
  const page = writing(10)
  const [one, other] = [new Reader(model, page), new Reader(model, page)]
  one.read()
  model.set_scale_factor(4)
  other.read()
  model.set_scale_factor(10)
  expect(plain(other.state)).toEqual(plain(one.state))
})

test('looks ahead to the tip of the pen without changing its state', () => {
  const page = writing(8, movements(2))
  const reader = new Reader(model, page)
  reader.read()
  const { state } = reader
  expect(plain(reader.ahead())).toEqual(close(remembered([...page.movements, ...page.pending])))
  expect(reader.state).toBe(state)
})

describe('writing that is revised', () => {
  test('is read again, and the reader keeps its state until then', () => {
    const page = writing(20)
    const reader = new Reader(model, page)
    reader.read()
    const before = reader.state
    Object.assign(page, { revision: 1, movements: movements(15) })
    expect(reader.read(times(6))).toBe(false)
    expect(reader.state).toBe(before)
    expect(reader.read(times(6))).toBe(false)
    expect(reader.state).toBe(before)
    expect(reader.read(times(6))).toBe(true)
    expect(plain(reader.state)).toEqual(close(remembered(page.movements)))
  })

  test('is read from the start again if revised meanwhile', () => {
    const page = writing(20)
    const reader = new Reader(model, page)
    expect(reader.read(times(10))).toBe(false)
    Object.assign(page, { revision: 1, movements: movements(5) })
    expect(reader.read()).toBe(true)
    expect(plain(reader.state)).toEqual(close(remembered(page.movements)))
  })

  test('is read from its last 250 movements if it is long', () => {
    const page = writing(400)
    const reader = new Reader(model, page)
    reader.read()
    page.revision++
    let steps = 0
    reader.read(() => ++steps > 0)
    expect(steps).toBe(250)
    expect(plain(reader.state)).toEqual(close(remembered(page.movements.slice(-250))))
  })

  test('returns to the start if everything was removed', () => {
    const page = writing(6)
    const reader = new Reader(model, page)
    reader.read()
    Object.assign(page, { revision: 1, movements: [] })
    expect(reader.read()).toBe(true)
    expect(plain(reader.state)).toEqual(close(remembered([])))
  })
})

test('follows a visitor from the first touch to the last undo', () => {
  const writer = new VisitorInk()
  const reader = new Reader(model, writer)
  const wave = (from: number, start: number) => {
    for (let n = 0; n < 60; n++) {
      const point = { x: from + 2 * n, y: 100 + 20 * Math.sin(n / 4), t: start + 8 * n, pressure: 0.5 }
      if (n === 0) writer.down(point)
      else writer.move([point])
      expect(reader.read()).toBe(true)
      expect(reader.ahead().h.every(Number.isFinite)).toBe(true)
    }
    writer.up()
    reader.read()
  }
  wave(50, 0)
  expect(plain(reader.state)).toEqual(close(remembered(writer.movements)))
  writer.settle()
  reader.read()
  const once = plain(reader.state)
  wave(200, 1000)
  expect(plain(reader.state)).not.toEqual(once)
  writer.undo()
  writer.settle()
  reader.read()
  expect(plain(reader.state)).toEqual(close(remembered(writer.movements)))
})
