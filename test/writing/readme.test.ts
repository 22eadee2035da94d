import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { decodeWeights, Model, Random } from '../../src/index.ts'

const weights = decodeWeights(JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8')))
const listing = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? ''

/** Runs the README's sketch with the part of p5 that it uses, and returns the ends of the lines it draws. */
function run(seed: number, frames: number) {
  const ends: { x: number; y: number }[] = []
  let looping = true
  const sketch = createContext({
    Model: new Model(weights, new Random(seed)),
    createCanvas(width: number, height: number) {
      Object.assign(sketch, { width, height })
    },
    noLoop() {
      looping = false
    },
    line(x1: number, y1: number, x2: number, y2: number) {
      ends.push({ x: x1, y: y1 }, { x: x2, y: y2 })
    },
  }) as { width: number; height: number }
  runInContext(listing, sketch)
  runInContext('setup()', sketch)
  for (let n = 0; n < frames && looping; n++) runInContext('draw()', sketch)
  return { ends, ...sketch }
}

test.each([1, 2, 3, 4])('the README’s sketch stays between the edges of its canvas, seed %i', (seed) => {
  expect(listing.trim().split('\n').length).toBeLessThanOrEqual(24)
  const { ends, width } = run(seed, 3000)
  expect(ends.length).toBeGreaterThan(1000)
  for (const { x } of ends) {
    expect(x).toBeGreaterThan(0)
    expect(x).toBeLessThan(width)
  }
  expect(new Set(ends.map(({ y }) => Math.round((y - 60) / 80))).size).toBeGreaterThanOrEqual(2)
})
