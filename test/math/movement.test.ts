import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMovement, type Movement } from '../../src/math/movement.ts'

describe('checkMovement', () => {
  test('accepts any three finite numbers', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.tuple(finite, finite, finite), (movement) => {
        checkMovement(movement)
      }),
    )
  })
  test.each([
    ['[NaN, 0, 0]', [Number.NaN, 0, 0]],
    ['[0, Infinity, 0]', [0, Number.POSITIVE_INFINITY, 0]],
    ['[0, 0, -Infinity]', [0, 0, Number.NEGATIVE_INFINITY]],
  ] as [string, Movement][])('throws a RangeError for %s', (told, movement) => {
    expect(() => checkMovement(movement)).toThrow(RangeError)
    expect(() => checkMovement(movement)).toThrow(
      `Expected a movement [dx, dy, pen] of three finite numbers, got ${told}.`,
    )
  })
  test.each([
    ['[1, 2]', [1, 2]],
    ['[1, 2, 0, 0]', [1, 2, 0, 0]],
    ['[]', []],
    ['[1, 2, 0]', ['1', 2, 0]],
    ['[1, null, 0]', [1, null, 0]],
    ['[1, 2, undefined]', [1, 2, undefined]],
    ['[1, 2, true]', [1, 2, true]],
    ['[undefined, undefined, undefined]', new Array(3)],
    ['null', null],
    ['undefined', undefined],
    ['1,2,0', '1,2,0'],
    ['[object Object]', { dx: 1 }],
  ] as [string, unknown][])('throws a TypeError for %s', (told, movement) => {
    expect(() => checkMovement(movement as Movement)).toThrow(TypeError)
    expect(() => checkMovement(movement as Movement)).toThrow(
      `Expected a movement [dx, dy, pen] of three numbers, got ${told}.`,
    )
  })
})
