import { describe, expect, test } from 'vitest'
import { estimateStride, samplingFor } from '../../src/ink/sampling.ts'
import { STEP } from '../../src/ink/size.ts'
import { seen, straight } from '../fixtures/ink.ts'

const sigma = 20
const strokes = (pixelsPerSecond: number, rate = 120) =>
  Array.from({ length: 20 }, (_, i) =>
    seen(straight({ x: 40 * i, y: 0 }, { x: 40 * i, y: 100 }, 100_000 / pixelsPerSecond), rate, 5000 * i),
  )
const rightFor = (pixelsPerSecond: number) => (1000 * STEP * sigma) / pixelsPerSecond

describe('the estimated stride', () => {
  test('is the guess before any ink', () => {
    expect(estimateStride([], sigma, 20)).toBeCloseTo(20, 9)
  })
  test.each([100, 250, 600])('gives writing at %i pixels per second the steps of training', (speed) => {
    let stride = 20
    for (let round = 0; round < 3; round++) stride = estimateStride(strokes(speed), sigma, 20, stride)
    expect(stride / rightFor(speed)).toBeGreaterThan(0.8)
    expect(stride / rightFor(speed)).toBeLessThan(1.25)
  })
  test('does not depend on the event rate of the device', () => {
    const [slow, fast] = [60, 240].map((rate) => estimateStride(strokes(250, rate), sigma, 20)) as [number, number]
    expect(slow / fast).toBeCloseTo(1, 1)
  })
  test('moves away from the guess as more is written', () => {
    const [few, many] = [1, 20].map((n) => estimateStride(strokes(100).slice(0, n), sigma, 20)) as [number, number]
    expect(few).toBeGreaterThan(20)
    expect(many).toBeGreaterThan(few)
  })
})

test('a pen rests at a tenth of its mean speed', () => {
  const { stride, rest } = samplingFor(25, sigma)
  expect(stride).toBe(25)
  expect((rest * stride) / (STEP * sigma)).toBeCloseTo(0.1, 9)
})
