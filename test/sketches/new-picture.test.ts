import { describe, expect, test } from 'vitest'
import { newPicture, spreadOf } from '../../sketches/pattern/new-picture.ts'
import { Random, type Recipe } from '../../src/index.ts'
import { recipe } from '../fixtures/recipes.ts'

/** The spread below which a picture looks like a single color. */
const PLAIN = 12
const seeds = (seed: number) => {
  const random = new Random(seed)
  return () => Math.floor(1e5 * random.uniform())
}
const countPlain = (count: number, next: (n: number) => Recipe) =>
  Array.from({ length: count }, (_, n) => next(n)).filter((recipe) => spreadOf(recipe) < PLAIN).length

describe('a new picture', () => {
  const small = recipe({ size: 2 })

  test('is never a single color, though a quarter of all seeds give one in small networks', () => {
    const random = seeds(1)
    expect(countPlain(200, () => ({ ...small, seed: random() }))).toBeGreaterThan(30)
    const fresh = seeds(1)
    expect(countPlain(200, () => newPicture(small, fresh))).toBe(0)
  })

  test('changes only the seed, and takes the first one with enough spread', () => {
    const old = recipe({ color: 'bw', view: { zoom: 40 } })
    expect(newPicture(old, () => 77)).toEqual({ ...old, seed: 77 })
  })

  test('ignores colors that are almost transparent', () => {
    const holes = recipe({ size: 2, alpha: 'straight' })
    const fresh = seeds(3)
    expect(countPlain(100, () => newPicture(holes, fresh))).toBe(0)
  })

  test('is the best of a limited number of tries if none has enough spread', () => {
    const pale = recipe({ contrast: 0.05 })
    const tries: number[] = []
    const next = newPicture(pale, () => tries.push(tries.length))
    const spreads = tries.map((_, n) => spreadOf({ ...pale, seed: n + 1 }))
    expect(spreads.length).toBeLessThan(100)
    expect(Math.max(...spreads)).toBeLessThan(PLAIN)
    expect(spreadOf(next)).toBe(Math.max(...spreads))
  })
})
