import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Movement } from '../../src/math/movement.ts'
import { WritingMetrics } from '../../src/writing/writing-metrics.ts'

function measured(movements: Movement[]): WritingMetrics {
  const measure = new WritingMetrics()
  for (const movement of movements) measure.add(movement)
  return measure
}

/** Small letters of a height, with some ascenders twice as high, in words of ten. */
function writing(letters: number, height: number, slope = 0): Movement[] {
  return Array.from({ length: letters }, (_, n): Movement[] => {
    const up = n % 8 === 5 ? 2 * height : height
    const end = n % 10 === 9 ? 1 : 0
    return [...(n % 10 === 0 ? [[4, 4 * slope, 0] as Movement] : []), [1, -up + slope, 0], [1, up + slope, end]]
  }).flat()
}

describe('the height of the small letters', () => {
  test.each([0.5, 2.7, 8])('is %d whatever the ascenders', (height) => {
    expect(measured(writing(60, height)).xHeight).toBeCloseTo(height, 9)
  })
  test('is not lowered by tremor or by a falling baseline', () => {
    const trembling = writing(60, 3).flatMap(([dx, dy, pen]): Movement[] => [
      [dx / 2, 0.6 * dy, 0],
      [0, -0.05 * dy, 0],
      [dx / 2, 0.45 * dy, pen],
    ])
    expect(measured(trembling).xHeight).toBeGreaterThan(1.4)
    expect(measured(writing(60, 3, 0.1)).xHeight).toBeCloseTo(3, 0)
  })
  test('follows the latest words', () => {
    expect(measured([...writing(200, 5), ...writing(200, 2)]).xHeight).toBeCloseTo(2, 9)
  })
  test('is 0 without ink', () => {
    expect(measured([]).xHeight).toBe(0)
    expect(
      measured([
        [9, 9, 1],
        [9, -9, 1],
      ]).xHeight,
    ).toBe(0)
  })
})

test('the offset is the distance of the pen below the level of its ink', () => {
  const level = writing(300, 3)
  expect(measured(level).offset).toBeGreaterThan(0) // at the foot of a letter
  expect(measured(level).offset).toBeLessThan(3)
  expect(measured([...level, [2, -10, 1]]).offset).toBeLessThan(-6)
})

test('metrics of finite movements are finite', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const movements = fc.array(fc.tuple(number, number, fc.constantFrom(0, 1)) as fc.Arbitrary<Movement>)
  fc.assert(
    fc.property(movements, (written) => {
      const { xHeight, offset } = measured(written)
      expect([xHeight, offset].every(Number.isFinite)).toBe(true)
      expect(xHeight).toBeGreaterThanOrEqual(0)
    }),
  )
})
