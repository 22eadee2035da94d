import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Movement, veer } from '../../src/index.ts'

const ahead: Movement[] = [
  [1, 0, 0],
  [1, 0, 0],
  [1, 0, 0],
]
const movement = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), fc.constantFrom(0, 1))
  .map(([dx, dy, pen]): Movement => [dx, dy, pen])
const path = fc.array(movement, { maxLength: 20 })

describe('veer', () => {
  test('is positive for a path that bends clockwise: down from one to the right, since y points down', () => {
    expect(veer([[1, 1, 0]], ahead)).toBeGreaterThan(0)
    expect(veer([[1, -1, 0]], ahead)).toBeLessThan(0)
  })

  test('is 0 for the path itself, and if either path is empty', () => {
    expect(veer(ahead, ahead)).toBe(0)
    expect(veer([], ahead)).toBe(0)
    expect(veer(ahead, [])).toBe(0)
  })

  test('compares only the movements that both have', () => {
    expect(veer([[1, 1, 0], ...ahead], ahead.slice(0, 1))).toBe(veer([[1, 1, 0]], ahead))
  })

  test('weighs the end of a path more than its start', () => {
    const swings: Movement[] = [
      [1, -0.1, 0],
      [1, 0.4, 0],
      [1, 0.6, 0],
    ]
    expect(veer(swings, ahead)).toBeGreaterThan(0)
  })

  test('changes sign when both are mirrored or exchanged', () => {
    const mirrored = (movements: Movement[]) => movements.map(([dx, dy, pen]): Movement => [dx, -dy, pen])
    fc.assert(
      fc.property(path, path, (a, b) => {
        expect(veer(mirrored(a), mirrored(b)) + veer(a, b)).toBe(0)
        expect(veer(b, a) + veer(a, b)).toBe(0)
      }),
    )
  })
})
