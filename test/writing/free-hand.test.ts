import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { Random } from '../../src/math/random.ts'
import { decodeWeights } from '../../src/weights/file.ts'
import { FreeHand, type FreeHandOptions } from '../../src/writing/free-hand.ts'
import { Model } from '../../src/writing/model.ts'
import { rollout } from '../../src/writing/rollout.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

const shipped = decodeWeights(
  JSON.parse(readFileSync(new URL('../../weights/handwriting.json', import.meta.url), 'utf8')),
)

const SHORT = { warmUpSteps: 40 }

function small(seed = 7, options: FreeHandOptions = SHORT) {
  const model = new Model(smallWeights(8, 4), new Random(seed))
  return { model, hand: new FreeHand(model, options) }
}

const write = (hand: FreeHand, count: number, temperature = 0.65): Movement[] =>
  Array.from({ length: count }, () => hand.write(temperature))

/** Returns true `count` times, then false. */
function times(count: number): () => boolean {
  let asked = 0
  return () => asked++ < count
}

test('a hand refuses options that would lead to NaN', () => {
  const model = new Model(smallWeights(5, 2))
  for (const warmUpSteps of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => new FreeHand(model, { warmUpSteps })).toThrow(
      `Expected warmUpSteps to be an integer of at least 0, got ${warmUpSteps}.`,
    )
  for (const anchor of [-0.1, 1.1, Number.NaN])
    expect(() => new FreeHand(model, { anchor })).toThrow(`Expected anchor to be a number from 0 to 1, got ${anchor}.`)
  expect(() => new FreeHand(model, SHORT).write(-1)).toThrow(
    'Expected temperature to be a finite number of at least 0, got -1.',
  )
})

describe('a hand', () => {
  test('is the same for the same seed, and different for another', () => {
    const draw = (seed: number) => write(small(seed).hand, 60)
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })
  test('takes all randomness from its model', () => {
    const { model, hand } = small()
    const before = write(hand, 30)
    model.random = new Random(7)
    expect(write(new FreeHand(model, SHORT), 30)).toEqual(before)
  })
  test('warms up a few movements at a time, all at once, or with the first write', () => {
    const [inPieces, atOnce, late] = [small().hand, small().hand, small().hand]
    const done = Array.from({ length: 7 }, () => inPieces.warmUp(times(6)))
    expect(done).toEqual([false, false, false, false, false, false, true]) // 40 movements
    expect(atOnce.warmUp()).toBe(true)
    const expected = write(late, 40)
    expect(write(inPieces, 40)).toEqual(expected)
    expect(write(atOnce, 40)).toEqual(expected)
  })
  test('starts its page where the warm-up last lifted the pen', () => {
    const { hand } = small(8)
    const states = [hand.state]
    while (!hand.warmUp(times(1))) states.push(hand.state)
    expect(states.indexOf(hand.state)).toBeGreaterThan(20)
  })
  test('warms up only once', () => {
    const { hand } = small()
    hand.warmUp()
    const { h, c } = hand.state
    expect(hand.warmUp()).toBe(true)
    expect(hand.warmUp(times(10))).toBe(true)
    expect(hand.state).toEqual({ h, c })
  })
  test('writes without a warm-up', () => {
    const movements = write(small(7, { warmUpSteps: 0 }).hand, 50)
    expect(movements.flat().every(Number.isFinite)).toBe(true)
  })
  test('is not affected when a caller changes a movement', () => {
    const [a, b] = [small().hand, small().hand]
    const undisturbed = write(a, 30)
    const disturbed = Array.from({ length: 30 }, () => {
      const movement = b.write(0.65)
      const kept = [...movement]
      movement.fill(1000)
      return kept
    })
    expect(disturbed).toEqual(undisturbed)
  })
  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'refuses temperature %d, and goes on as if nothing had been',
    (T) => {
      const [a, b] = [small().hand, small().hand]
      const undisturbed = write(a, 20)
      const before = write(b, 10)
      expect(() => b.write(T)).toThrow(RangeError)
      expect([...before, ...write(b, 10)]).toEqual(undisturbed)
    },
  )
  test('writes at temperature 0', () => {
    expect(write(small().hand, 50, 0).flat().every(Number.isFinite)).toBe(true)
  })
  test('does not depend on the scale factor of its model', () => {
    const draw = (scale: number) => {
      const { model, hand } = small()
      model.set_scale_factor(scale)
      return write(hand, 40)
    }
    expect(draw(16)).toEqual(draw(4))
  })
})

describe('its anchor', () => {
  test('is within the range of the cell states of the warm-up', () => {
    const { hand } = small(7, { warmUpSteps: 40, anchor: 1 }) // pulled all the way
    const cells: Float32Array[] = []
    while (!hand.warmUp(times(1))) cells.push(hand.state.c.slice())
    hand.write(0.65)
    const anchor = hand.state.c.slice()
    for (const [j, c] of anchor.entries()) {
      expect(c).toBeGreaterThan(Math.min(...cells.map((cell) => cell[j])))
      expect(c).toBeLessThan(Math.max(...cells.map((cell) => cell[j])))
    }
    write(hand, 30)
    for (const [j, c] of anchor.entries()) expect(hand.state.c[j]).toBeCloseTo(c, 6)
  })
  test('pulls the cell state by its share with every movement, and does not change h', () => {
    const mean = small(7, { warmUpSteps: 40, anchor: 1 }).hand
    mean.write(0.65)
    const { model, hand } = small(7, { warmUpSteps: 40, anchor: 0.25 })
    hand.warmUp()
    const free = model.update([0, 0, 1], hand.state)
    hand.write(0.65)
    expect(hand.state.h).toEqual(free.h)
    for (const [j, c] of free.c.entries()) expect(hand.state.c[j]).toBeCloseTo(c + 0.25 * (mean.state.c[j] - c), 6)
  })
  test('of 0 changes nothing: the network computes the same as in a rollout from the same state', () => {
    const { model, hand } = small(7, { warmUpSteps: 40, anchor: 0 })
    hand.warmUp()
    model.set_scale_factor(1)
    let expected = model.copy_state(hand.state)
    const wandering = rollout(model, expected, [0, 0, 1], 1, model.random.clone())
    let read: Movement = [0, 0, 1]
    for (let n = 0; n < 50; n++) {
      expected = model.update(read, expected)
      read = wandering.next().value
      const [dx, dy, pen] = hand.write(1)
      expect(hand.state).toEqual(expected)
      expect(pen).toBe(read[2])
      // scaled, in the same proportions; the first movement also leads to the line
      if (n > 0) expect(dx * read[1]).toBeCloseTo(dy * read[0], 8)
    }
  })
})

test('a hand states the size and the offset of its first movement', () => {
  for (const seed of [7, 8, 9]) {
    const { model, hand } = small(seed, { warmUpSteps: 40, anchor: 0 })
    hand.warmUp()
    const { size, offset } = hand
    const [x, y] = rollout(model, hand.state, [0, 0, 1], 1, model.random.clone()).next().value
    const [dx, dy] = hand.write(1)
    // the size follows by a 200th per movement
    expect(Math.abs(dx - size * x)).toBeLessThan(0.02 * size * Math.abs(x))
    expect(Math.abs(dy - size * (y + offset))).toBeLessThan(0.02 * size * Math.abs(y + offset))
    expect(hand.offset).toBe(0)
  }
})

describe('with the shipped weights', () => {
  let runs: Movement[][]
  beforeAll(() => {
    runs = [1, 2, 3].map((seed) => {
      const model = new Model(shipped, new Random(seed))
      model.set_scale_factor(1)
      return write(new FreeHand(model), 2500)
    })
  }, 60_000)

  /** The median height of up and down strokes, weighted by length of ink, in model units. */
  function heightOf(movements: Movement[]): number {
    const heights: number[] = []
    let height = 0
    let touches = false
    for (const [, dy, pen] of movements) {
      // an up or down stroke ends where the pen turns, or is lifted
      if (!touches || dy * height < 0) {
        if (height !== 0) heights.push(Math.abs(height))
        height = 0
      }
      if (touches) height += dy
      touches = pen === 0
    }
    heights.sort((a, b) => a - b)
    let half = heights.reduce((sum, value) => sum + value, 0) / 2
    return heights.find((value) => {
      half -= value
      return half <= 0
    }) as number
  }

  test.each([0, 1, 2])('hand %i keeps its size over 2,500 movements', (n) => {
    const [first, last] = [heightOf(runs[n].slice(0, 500)), heightOf(runs[n].slice(-500))]
    expect(last / first).toBeGreaterThan(1 / 2)
    expect(last / first).toBeLessThan(2)
    // small letters of about 2.7 units, whatever the style
    for (const height of [first, last]) {
      expect(height).toBeGreaterThan(2.7 / 1.8)
      expect(height).toBeLessThan(2.7 * 1.8)
    }
  })
  test.each([0, 1, 2])('hand %i writes to the right, on a level line', (n) => {
    const far = (axis: 0 | 1) => runs[n].reduce((sum, movement) => sum + movement[axis], 0)
    expect(far(0)).toBeGreaterThan(100)
    expect(Math.abs(far(1) / far(0))).toBeLessThan(0.1)
  })
  test('all hands differ', () => {
    expect(runs[0].slice(0, 20)).not.toEqual(runs[1].slice(0, 20))
    expect(runs[1].slice(0, 20)).not.toEqual(runs[2].slice(0, 20))
  })
})
