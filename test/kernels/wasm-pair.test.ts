import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { wasmNetwork } from '../../src/kernels/wasm-network.ts'
import type { Movement } from '../../src/math/movement.ts'
import { Random } from '../../src/math/random.ts'
import { MOST_COARSE_UNITS } from '../../src/network/grid.ts'
import { copyState, type State } from '../../src/network/lstm.ts'
import type { Network, Pair } from '../../src/network/network.ts'
import { plainNetwork } from '../../src/network/plain-network.ts'
import { steppedPair } from '../../src/network/stepped-pair.ts'
import { decodeWeights, type Weights } from '../../src/weights/file.ts'
import { Model } from '../../src/writing/model.ts'
import { rolloutMany } from '../../src/writing/paths.ts'
import { int8Weights, smallWeights } from '../fixtures/small-weights.ts'
import { furthest } from '../reference/float64-network.ts'

const shipped = decodeWeights(JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8')))
const networks = { wasm: wasmNetwork(shipped) as Network, plain: plainNetwork(shipped) }

function randomState(units: number, random: Random): State {
  const part = () => Float32Array.from({ length: units }, () => 0.3 * random.normal())
  return { h: part(), c: part() }
}

/** Returns the logits after two paths of 12 movements: computed by a pair, and one by one. */
function walk(network: Network, pair: Pair, { units, mixtures }: Weights = shipped) {
  const random = new Random(4)
  const movement = (): Movement => [...random.normalPair(), random.uniform() < 0.1 ? 1 : 0]
  const start = randomState(units, random)
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
  const exact = [first, second].map(({ h }) => [...network.logits(h)].slice(0, 1 + 6 * mixtures))
  return { exact, got: pair.logits().map((logits) => Array.from(logits).slice(0, 1 + 6 * mixtures)) }
}

describe('a pair computes what the network would compute for each path alone', () => {
  test.each(['wasm', 'plain'] as const)('to the bit where it is stepped, %s', (kernel) => {
    const { exact, got } = walk(networks[kernel], steppedPair(networks[kernel]))
    expect(got).toEqual(exact)
  })
  test.each(['wasm', 'plain'] as const)('to 5e-3 with 16-bit states, %s', (kernel) => {
    const { exact, got } = walk(networks[kernel], networks[kernel].pair())
    for (const path of [0, 1]) {
      expect(Math.hypot(...exact[path])).toBeGreaterThan(1)
      expect(furthest(got[path], exact[path])).toBeLessThan(5e-3)
    }
    expect(furthest(got[0], exact[1])).toBeGreaterThan(0.1) // two different paths, not one twice
  })
})

describe('pairs of both kernels agree to the bit', () => {
  test.each([1, 2, 3, 15, 16, 17, 100, MOST_COARSE_UNITS, MOST_COARSE_UNITS + 1])('%i units', (units) => {
    const weights = int8Weights(units, 3, { spread: units > 100 ? 0.1 : 0.5 })
    const [wasm, plain] = [wasmNetwork(weights) as Network, plainNetwork(weights)]
    const { exact, got } = walk(wasm, wasm.pair(), weights)
    expect(got).toEqual(walk(plain, plain.pair(), weights).got)
    if (units > MOST_COARSE_UNITS) expect(got).toEqual(exact)
    else expect(got).not.toEqual(exact)
  })

  test.each([127, -128])('for states out of range, immense movements, and the largest sums, of weights %i', (most) => {
    const weights = int8Weights(MOST_COARSE_UNITS, 2)
    const recurrentWeights = {
      dtype: 'int8' as const,
      shape: [MOST_COARSE_UNITS, 4 * MOST_COARSE_UNITS],
      scale: new Float64Array(4 * MOST_COARSE_UNITS).fill(2 ** -17), // the largest sum adds ½ to a gate
      data: new Int8Array(4 * MOST_COARSE_UNITS ** 2).fill(most),
    }
    const extreme = { ...weights, tensors: { ...weights.tensors, recurrentWeights } }
    const pairs = [wasmNetwork(extreme) as Network, plainNetwork(extreme)].map((network) => network.pair())
    for (const size of [1e-9, 1, 15, 1e6, 1e30, -1, -15, -1e30]) {
      const [wasm, plain] = pairs.map((pair) => {
        const part = new Float32Array(MOST_COARSE_UNITS).fill(size)
        pair.begin({ h: part, c: part.map((c) => c / 1e30) })
        pair.step([1e4, -1e4, 1], [0, 0, 0])
        return pair.logits().map((logits) => Array.from(logits))
      })
      expect(wasm).toEqual(plain)
    }
  })

  test('so bundles of the shipped network are the same', () => {
    const bundle = (kernel: 'wasm' | 'plain') => {
      const model = new Model(shipped, new Random(7), kernel)
      return rolloutMany(model, model.random_state(), 6, { steps: 12, temperature: 0.8 })
    }
    expect(bundle('wasm')).toEqual(bundle('plain'))
  })

  test('and those of float32 weights are exact', () => {
    const weights = smallWeights(6, 4)
    const network = plainNetwork(weights)
    const { exact, got } = walk(network, network.pair(), weights)
    expect(got).toEqual(exact)
  })
})

test.each(['wasm', 'plain'] as const)('a pair can begin again, %s', (kernel) => {
  const pair = networks[kernel].pair()
  const { got } = walk(networks[kernel], pair)
  expect(walk(networks[kernel], pair).got).toEqual(got)
})
