import { expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { GRID, onGrid } from '../../src/network/grid.ts'
import { plainLinear } from '../../src/network/linear.ts'

/** Returns the sums of a layer in units of the grid, and the same sums computed with BigInt. */
function sums(inputs: number, outputs: number, weight: () => number, x: Float32Array): [number[], number[]] {
  const data = Int8Array.from({ length: inputs * outputs }, weight)
  const linear = plainLinear({
    dtype: 'int8',
    shape: [inputs, outputs],
    scale: new Float64Array(outputs).fill(GRID),
    data,
  })
  const y = new Float64Array(linear.outputs)
  linear.apply(x, new Float64Array(linear.outputs), y)
  const expected = Array.from({ length: outputs }, (_, output) => {
    let sum = 0n
    for (let k = 0; k < inputs; k++) sum += BigInt(data[k * outputs + output]) * BigInt(x[k] * GRID)
    return Number(sum)
  })
  return [[...y.slice(0, outputs)], expected]
}

test.each([
  [1, 1],
  [31, 7],
  [32, 8],
  [33, 9],
  [500, 121],
])('sums of %i inputs for %i outputs are exact', (inputs, outputs) => {
  const random = new Random(inputs)
  const weight = () => Math.floor(random.uniform() * 256) - 128
  const [got, expected] = sums(
    inputs,
    outputs,
    weight,
    Float32Array.from({ length: inputs }, () => onGrid(random.normal())),
  )
  expect(got).toEqual(expected)
  expect(Math.max(...got.map(Math.abs))).toBeGreaterThan(GRID)
})

test.each([127, -128])('sums of the largest states are exact, all weights %i', (most) => {
  for (const state of [100, -100]) {
    const [got, expected] = sums(2048, 10, () => most, new Float32Array(2048).fill(onGrid(state)))
    expect(got).toEqual(expected)
  }
})

test('sums of alternating signs are exact', () => {
  let n = 0
  const signs = () => (n++ & 1 ? 127 : -128)
  const [got, expected] = sums(64, 10, signs, new Float32Array(64).fill(onGrid(-3.7)))
  expect(got).toEqual(expected)
})
