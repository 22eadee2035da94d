import { describe, expect, test } from 'vitest'
import { freshPicture, spreadOf } from '../../sketches/pattern/fresh.ts'
import { Random, type Recipe } from '../../src/index.ts'
import { recipe } from '../fixtures/recipes.ts'

/** Recipes that a new picture may be asked for from, and how many seeds of a hundred give them one of one colour. */
const BARE = 12
const seeds = (seed: number) => {
  const random = new Random(seed)
  return () => Math.floor(1e5 * random.uniform())
}
const bareOf = (count: number, next: (n: number) => Recipe) =>
  Array.from({ length: count }, (_, n) => next(n)).filter((recipe) => spreadOf(recipe) < BARE).length

describe('a new picture', () => {
  const small = recipe({ size: 2 })

  test('is never all of one colour, though a quarter of all seeds have small networks paint that', () => {
    const drawn = seeds(1)
    expect(bareOf(200, () => ({ ...small, seed: drawn() }))).toBeGreaterThan(30)
    const fresh = seeds(1)
    expect(bareOf(200, () => freshPicture(small, fresh))).toBe(0)
  })

  test('differs from the old one in its seed alone, and is the first that will do', () => {
    const old = recipe({ color: 'bw', view: { zoom: 40 } })
    expect(freshPicture(old, () => 77)).toEqual({ ...old, seed: 77 })
  })

  test('shows through: what is hardly there does not count', () => {
    const holes = recipe({ size: 2, alpha: 'straight' })
    const fresh = seeds(3)
    expect(bareOf(100, () => freshPicture(holes, fresh))).toBe(0)
  })

  test('is the liveliest of some where none is lively, and there is an end to looking', () => {
    const pale = recipe({ contrast: 0.05 })
    const asked: number[] = []
    const next = freshPicture(pale, () => asked.push(asked.length))
    const spreads = asked.map((_, n) => spreadOf({ ...pale, seed: n + 1 }))
    expect(spreads.length).toBeLessThan(100)
    expect(Math.max(...spreads)).toBeLessThan(BARE)
    expect(spreadOf(next)).toBe(Math.max(...spreads))
  })
})
