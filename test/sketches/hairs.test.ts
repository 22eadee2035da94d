import { expect, test } from 'vitest'
import type { Line } from '../../sketches/frame/written-line.ts'
import { Hairs } from '../../sketches/hairs/hairs.ts'
import { type Movement, Pen, Random, Svg } from '../../src/index.ts'

const line = {
  points: [
    { x: 10, y: 20 },
    { x: 30, y: 40 },
  ],
  unit: 8,
} as unknown as Line // the part of a line that hairs use

const eighths = (random: Random) => Math.round(8 * random.normal()) / 8

/** Movements in eighths, which float32 represents exactly. */
function somePath(random: Random): Movement[] {
  return Array.from({ length: 1 + Math.floor(9 * random.uniform()) }, () => [eighths(random), eighths(random), 0])
}

/** The reference: a hair drawn with its own pen. */
function drawn(root: number, path: Movement[]): string {
  const svg = new Svg()
  const { x, y } = line.points[root]
  const pen = new Pen(x, y)
  pen.touches = true
  path.forEach(([dx, dy], n) => {
    pen.move([8 * dx, 8 * dy, n === path.length - 1 ? 1 : 0], svg)
  })
  return svg.toString({ width: 100, height: 100, strokeWidth: 1 })
}

test('hairs are drawn along their paths from their roots, also after clear()', () => {
  const hairs = new Hairs(40, 10)
  for (const seed of [1, 2]) {
    hairs.clear()
    const random = new Random(seed)
    const added = Array.from({ length: 40 }, (_, n) => ({ root: n % 2, right: n % 3 === 0, path: somePath(random) }))
    for (const { root, right, path } of added) hairs.add(root, right, path)
    expect([hairs.count, hairs.room]).toEqual([40, 0])
    added.forEach(({ root, right, path }, n) => {
      const svg = new Svg()
      hairs.trace(n, line, svg)
      expect(svg.toString({ width: 100, height: 100, strokeWidth: 1 })).toBe(drawn(root, path))
      expect([hairs.isRight(n), hairs.length(n)]).toEqual([right, path.length])
    })
  }
})

test('a hair has no pen while the line has not reached its root', () => {
  const hairs = new Hairs(1, 1)
  hairs.add(2, true, [[1, 1, 1]])
  expect(hairs.penOf(0, line)).toBeUndefined()
  const svg = new Svg()
  hairs.trace(0, line, svg)
  expect(svg.toString({ width: 9, height: 9, strokeWidth: 1 })).toBe(
    new Svg().toString({ width: 9, height: 9, strokeWidth: 1 }),
  )
})

test('throws when a hair or its path exceeds the capacity', () => {
  const hairs = new Hairs(1, 2)
  const path: Movement[] = [
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
  ]
  expect(() => hairs.add(0, true, path)).toThrow('Expected at most 1 hairs of 2 movements, got hair 1 of 3.')
  hairs.add(0, true, path.slice(1))
  expect(() => hairs.add(0, true, path.slice(2))).toThrow('Expected at most 1 hairs of 2 movements, got hair 2 of 1.')
})
