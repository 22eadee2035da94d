import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { Random } from '../../src/math/random.ts'
import { Model } from '../../src/writing/model.ts'
import { rollout } from '../../src/writing/rollout.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

/** With a scale factor of 1: one pixel per model unit. */
function model(): Model {
  const model = new Model(smallWeights(6, 4), new Random(7))
  model.set_scale_factor(1)
  return model
}
const take = (movements: Iterator<Movement>, count: number): Movement[] =>
  Array.from({ length: count }, () => movements.next().value)

test('equals the loop that a sketch would contain', () => {
  const [by, hand] = [model(), model()]
  let state = hand.zero_state()
  let movement: Movement = [0, 0, 1]
  const expected = Array.from({ length: 50 }, () => {
    state = hand.update(movement, state)
    movement = hand.sample(hand.get_pdf(state), 0.5)
    return movement
  })
  expect(take(rollout(by, by.zero_state(), [0, 0, 1], 0.5), 50)).toEqual(expected)
})

test('starts with a lifted pen and the tutorial’s temperature by default', () => {
  const [a, b, c] = [model(), model(), model()]
  const usual = take(rollout(a, a.zero_state()), 20)
  expect(take(rollout(b, b.zero_state(), [0, 0, 1], 0.65), 20)).toEqual(usual)
  expect(take(rollout(c, c.zero_state(), [0, 0, 0], 0.65), 20)).not.toEqual(usual)
})

test('repeats for the same seed, and differs for another', () => {
  const draw = (seed: number) => {
    const writer = model()
    return take(rollout(writer, writer.zero_state(), [0, 0, 1], 1, new Random(seed)), 40)
  }
  expect(draw(3)).toEqual(draw(3))
  expect(draw(3)).not.toEqual(draw(4))
})

test('uses the given randomness and not the model’s', () => {
  const writer = model()
  const before = JSON.stringify(writer.random)
  take(rollout(writer, writer.zero_state(), [0, 0, 1], 1, new Random(1)), 10)
  expect(JSON.stringify(writer.random)).toBe(before)
})

test('two rollouts from one state do not affect each other', () => {
  const writer = model()
  const state = writer.random_state()
  const path = (seed: number) => rollout(writer, state, [0, 0, 1], 1, new Random(seed))
  const [alone1, alone2] = [take(path(1), 30), take(path(2), 30)]
  const [one, other] = [path(1), path(2)]
  const both = Array.from({ length: 30 }, () => [one.next().value, other.next().value])
  expect(both).toEqual(alone1.map((movement, n) => [movement, alone2[n]]))
})

test('calls a temperature function before every movement', () => {
  const writer = model()
  let asked = 0
  const movements = rollout(writer, writer.zero_state(), [0, 0, 1], () => [0.1, 1, 0, 2][asked++ % 4])
  expect(asked).toBe(0)
  const got = take(movements, 12)
  expect(asked).toBe(12)

  const other = model()
  let state = other.zero_state()
  let movement: Movement = [0, 0, 1]
  const expected = [0.1, 1, 0, 2, 0.1, 1, 0, 2, 0.1, 1, 0, 2].map((T) => {
    state = other.update(movement, state)
    movement = other.sample(other.get_pdf(state), T)
    return movement
  })
  expect(got).toEqual(expected)
})

test('is not affected when a caller changes a movement', () => {
  const [a, b] = [model(), model()]
  const undisturbed = take(rollout(a, a.zero_state()), 30)
  const movements = rollout(b, b.zero_state())
  const disturbed = Array.from({ length: 30 }, () => {
    const movement = movements.next().value
    const kept = [...movement]
    movement.fill(1000)
    return kept
  })
  expect(disturbed).toEqual(undisturbed)
})

test('does not change the state and the movement it starts from', () => {
  const writer = model()
  const state = writer.random_state()
  const before = writer.copy_state(state)
  const movement: Movement = [5, 5, 0]
  take(rollout(writer, state, movement), 20)
  expect(state).toEqual(before)
  expect(movement).toEqual([5, 5, 0])
})

describe('refuses invalid arguments with the first movement:', () => {
  test.each([
    [
      'a temperature',
      () => rollout(model(), model().zero_state(), [0, 0, 1], -1),
      'Expected temperature to be a finite number of at least 0, got -1.',
    ],
    [
      'a movement',
      () => rollout(model(), model().zero_state(), [0, Number.NaN, 1]),
      'Expected a movement [dx, dy, pen] of three finite numbers, got [0, NaN, 1].',
    ],
    [
      'a state',
      () => rollout(model(), new Model(smallWeights(2, 1)).zero_state()),
      "Expected h with this model's 6 units, got 2.",
    ],
  ])('%s', (_, begin, message) => {
    expect(() => begin().next()).toThrow(message)
  })
})
