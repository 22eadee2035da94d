import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { wasmNetwork } from '../../src/kernels/wasm-network.ts'
import { Random } from '../../src/math/random.ts'
import { copyState, type State } from '../../src/network/lstm.ts'
import type { Network, Pair } from '../../src/network/network.ts'
import { plainNetwork } from '../../src/network/plain-network.ts'
import type { Movement } from '../../src/paper/movement.ts'
import { decodeWeights } from '../../src/weights/file.ts'
import { furthest } from '../reference/float64-network.ts'

const weights = decodeWeights(JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8')))
const networks = { wasm: wasmNetwork(weights) as Network, plain: plainNetwork(weights) }
const outputs = 1 + 6 * weights.mixtures

function randomState(random: Random): State {
  const part = () => Float32Array.from({ length: weights.units }, () => 0.3 * random.normal())
  return { h: part(), c: part() }
}

/** Two paths of 12 movements, by a pair and one by one, and what the head says at the end. */
function walk(network: Network, pair: Pair) {
  const random = new Random(4)
  const movement = (): Movement => [...random.normalPair(), random.uniform() < 0.1 ? 1 : 0]
  const start = randomState(random)
  const before = copyState(start)
  let first = start
  let second = start
  pair.begin(start)
  for (let n = 0; n < 12; n++) {
    const [one, other] = [movement(), movement()]
    first = network.step(one, first)
    second = network.step(other, second)
    pair.step(one, other)
  }
  expect(start).toEqual(before)
  const expected = [first, second].map(({ h }) => [...network.logits(h)].slice(0, outputs))
  return { expected, got: pair.logits().map((logits) => Array.from(logits).slice(0, outputs)) }
}

describe('two paths side by side go where each would go alone', () => {
  test('to the bit in plain TypeScript', () => {
    const { expected, got } = walk(networks.plain, networks.plain.pair())
    expect(got).toEqual(expected)
  })
  test('closely in WebAssembly', () => {
    const { expected, got } = walk(networks.wasm, networks.wasm.pair())
    for (const path of [0, 1]) {
      expect(Math.hypot(...expected[path])).toBeGreaterThan(1)
      expect(furthest(got[path], expected[path])).toBeLessThan(5e-3)
    }
    expect(furthest(got[0], expected[1])).toBeGreaterThan(0.1) // they are two, not one twice
  })
})

test('a pair can begin again', () => {
  const pair = networks.wasm.pair()
  const one = walk(networks.wasm, pair).got
  expect(walk(networks.wasm, pair).got).toEqual(one)
})
