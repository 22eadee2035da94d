import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { wasmTextNetwork } from '../../src/kernels/wasm-text-network.ts'
import { Random } from '../../src/math/random.ts'
import { plainTextNetwork } from '../../src/network/plain-text-network.ts'
import { sampleMixture } from '../../src/network/sampler.ts'
import { startOfText, type TextNetwork } from '../../src/network/text-network.ts'
import { decodeTextWeights, type TextWeights } from '../../src/weights/text-file.ts'
import { smallTextWeights } from '../fixtures/small-text-weights.ts'

const text = Uint8Array.from([...'Quiet waves, 7 gulls & "you".', '\x1f'], (character) => character.charCodeAt(0) - 31)

/** Returns the last states and mixture of some movements that the network samples itself. */
function write(network: TextNetwork | null, weights: TextWeights, steps: number) {
  if (!network) throw new Error('Expected a network, got null.')
  const random = new Random(7)
  let state = startOfText(weights)
  let movement = [0, 0, 1] as [number, number, number]
  for (let n = 0; n < steps; n++) {
    const hand = network.hand(weights.hands[n % 10 < 5 ? 0 : 1].vector)
    state = network.step(movement, state, text, hand)
    movement = sampleMixture(network.mixture(state), 0.7, random)
  }
  return { state, movement, logits: network.logits(state).slice(0, 7), mixture: network.mixture(state) }
}

describe('WebAssembly and plain TypeScript agree to the bit', () => {
  test.each([
    [1, 1, 1],
    [2, 3, 1],
    [3, 2, 5],
    [8, 4, 2],
    [15, 7, 20],
    [16, 10, 3],
    [33, 11, 4],
  ])('%i units, %i window components, %i mixtures', (units, window, mixtures) => {
    const weights = smallTextWeights(units, window, mixtures)
    expect(write(wasmTextNetwork(weights), weights, 60)).toEqual(write(plainTextNetwork(weights), weights, 60))
  })

  test('over 300 movements of the shipped weights', () => {
    const weights = decodeTextWeights(
      JSON.parse(readFileSync(new URL('../../weights/scribe.json', import.meta.url), 'utf8')),
    )
    expect(write(wasmTextNetwork(weights), weights, 300)).toEqual(write(plainTextNetwork(weights), weights, 300))
  }, 60_000)

  test('for immense movements, and for states that a sketch has changed', () => {
    const weights = smallTextWeights(9, 3, 2)
    const random = new Random(5)
    for (const size of [1e-9, 1, 16, 1e6, 1e30]) {
      const bent = () => Float32Array.from({ length: 9 }, () => size * random.normal())
      const state = { ...startOfText(weights), h1: bent(), c1: bent(), h2: bent(), c2: bent() }
      const [wasm, plain] = [wasmTextNetwork(weights), plainTextNetwork(weights)].map((network) => {
        const next = network?.step([1e4, -1e4, 1], state, text, network.hand([100, -100, 1]))
        return [next, network?.logits(state).slice(0, 13)]
      })
      expect(wasm).toEqual(plain)
    }
  })
})

test('a step leaves the old state as it was', () => {
  const weights = smallTextWeights(7, 2, 2)
  const network = wasmTextNetwork(weights) as TextNetwork
  const hand = network.hand([1, 2, 3])
  const state = network.step([1, 2, 0], startOfText(weights), text, hand)
  const before = structuredClone(state)
  const one = network.step([1, 0, 0], state, text, hand)
  const kept = structuredClone(one)
  network.step([-5, 3, 1], state, text, hand)
  expect(state).toEqual(before)
  expect(one).toEqual(kept)
})

test('float32 matrices and more units than 32-bit sums can hold are left to the plain network', () => {
  expect(wasmTextNetwork(smallTextWeights(4, 2, 1, { int8: false }))).toBeNull()
  expect(wasmTextNetwork({ ...smallTextWeights(1, 1, 1), units: 1025 })).toBeNull()
})
