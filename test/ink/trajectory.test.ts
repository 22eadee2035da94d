import { describe, expect, test } from 'vitest'
import { Trajectory } from '../../src/ink/trajectory.ts'
import { seen, straight } from '../fixtures/ink.ts'

const UNIT = 10
const STRIDE = 20

/** Samples of a stroke to the right, 200 pixels in 400 ms. */
const dash = (y: number, start = 0, x = 100) => seen(straight({ x, y }, { x: x + 200, y }, 400), 125, start)

function written(...strokes: ReturnType<typeof dash>[]): Trajectory {
  const trajectory = new Trajectory(UNIT, STRIDE)
  for (const [first, ...rest] of strokes) {
    if (first) trajectory.begin([first])
    for (const sample of rest) trajectory.add([sample])
    trajectory.finish()
  }
  return trajectory
}

describe('a trajectory', () => {
  test('of a stroke at constant speed has even steps and ends with the pen lifted', () => {
    const { movements, points, starts } = written(dash(50))
    expect(starts).toEqual([0])
    expect(movements).toHaveLength(1 + 400 / STRIDE)
    expect(movements[0]).toEqual([0, 0, 0])
    for (const [dx, dy] of movements.slice(1)) {
      expect(dx).toBeCloseTo(10 / UNIT, 2)
      expect(dy).toBeCloseTo(0, 9)
    }
    expect(movements.map(([, , pen]) => pen).indexOf(1)).toBe(movements.length - 1)
    expect(points.at(-1)?.x).toBeCloseTo(300, 6)
  })
  test('is the same for samples one by one and all at once', () => {
    const atOnce = new Trajectory(UNIT, STRIDE)
    atOnce.begin(dash(50))
    atOnce.finish()
    expect(atOnce.movements).toEqual(written(dash(50)).movements)
  })
  test('shows where the stroke would end if the pen were lifted now', () => {
    const trajectory = new Trajectory(UNIT, STRIDE)
    trajectory.begin(dash(50))
    expect(trajectory.ending.at(-1)?.x).toBeCloseTo(300, 6)
    trajectory.finish()
    expect(trajectory.ending).toEqual([])
  })
  test('puts the next line on the same endless line, but keeps its points on the page', () => {
    const { movements, points, lines, starts } = written(dash(50), dash(250, 1000))
    const [dx, dy] = movements[starts[1] as number] as [number, number, number]
    expect(lines).toHaveLength(2)
    expect(dx).toBeGreaterThan(0)
    expect(Math.abs(dy)).toBeLessThan(2)
    expect(points[starts[1] as number]).toEqual({ x: 100, y: 250 })
  })
  test('keeps movements of the network as they are, on the same line if they follow it', () => {
    const trajectory = written(dash(50))
    trajectory.write([0.5, 0.3, 1], { x: 305, y: 53 })
    expect(trajectory.lines).toHaveLength(1)
    trajectory.write([0.5, 0.3, 1], { x: 100, y: 400 })
    expect(trajectory.lines).toHaveLength(2)
    expect(trajectory.movements.slice(-2)).toEqual([
      [0.5, 0.3, 1],
      [0.5, 0.3, 1],
    ])
  })
})
