import { describe, expect, test } from 'vitest'
import { DEFAULT_TEMPERATURE, FreeHand, Model, Page, Random, rolloutMany, Svg } from '../../src/index.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

const weights = smallWeights(5, 3)
const model = () => new Model(weights, new Random(7))
const wrong = (value: unknown) => value as never

describe('mistakes that newcomers make', () => {
  test('a hand that is not told a temperature writes at the default one', () => {
    const hand = () => new FreeHand(model(), { warmUpSteps: 20 })
    const [told, untold] = [hand(), hand()]
    for (let n = 0; n < 50; n++) {
      const movement = untold.write()
      expect(movement.every(Number.isFinite)).toBe(true)
      expect(movement).toEqual(told.write(DEFAULT_TEMPERATURE))
    }
    expect(DEFAULT_TEMPERATURE).toBe(0.65)
  })

  test.each([
    [
      'sample(state)',
      () => model().sample(wrong(model().zero_state())),
      'Expected a mixture from get_pdf, got something else. Call model.get_pdf(state) first.',
    ],
    ['sample()', () => model().sample(wrong(undefined)), 'Expected a mixture from get_pdf'],
    [
      'new FreeHand(weights)',
      () => new FreeHand(wrong(weights)),
      'Expected a model, got something else. Call new Model(decodeWeights(json)) first.',
    ],
    ['new FreeHand()', () => new FreeHand(wrong(undefined)), 'Expected a model'],
    [
      'new Page()',
      () => new Page(wrong(undefined)),
      'Expected page options { left, right, top, bottom, lineHeight, unit }',
    ],
    ['svg.toString()', () => new Svg().toString(wrong(undefined)), 'Expected options { width, height, strokeWidth }'],
    [
      'rolloutMany(model, state, 10)',
      () => rolloutMany(model(), model().zero_state(), 10, wrong(undefined)),
      'Expected options { steps, temperature }, got undefined.',
    ],
  ])('%s is answered with a TypeError that says what to do', (_, call, message) => {
    expect(call).toThrow(TypeError)
    expect(call).toThrow(message)
  })

  test('a page whose left margin is right of its right one is refused', () => {
    const make = () => new Page({ left: 700, right: 80, top: 90, bottom: 480, lineHeight: 90, unit: 10 })
    expect(make).toThrow(RangeError)
    expect(make).toThrow('Expected left to be less than right, got left 700 and right 80.')
  })
})
