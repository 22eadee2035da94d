import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { plainTextNetwork } from '../../src/network/plain-text-network.ts'
import { startOfText, type TextState } from '../../src/network/text-network.ts'
import { attended } from '../../src/network/window.ts'
import { decodeTextWeights } from '../../src/weights/text-file.ts'
import { smallTextWeights } from '../fixtures/small-text-weights.ts'
import { furthest } from '../reference/float64-network.ts'
import { float64TextNetwork } from '../reference/float64-text-network.ts'

const load = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const shipped = decodeTextWeights(load('../../weights/scribe.json'))
const trace = load('../fixtures/scribe-trace.json')
const charactersOf = (text: string) => Uint8Array.from([...text, '\x1f'], (character) => character.charCodeAt(0) - 31)

const PARTS = ['pi', 'mu1', 'mu2', 'sigma1', 'sigma2', 'rho'] as const

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  return Math.max(...Array.from(a, (value, n) => Math.abs(value - b[n])))
}

test('the plain network agrees with the recorded float64 trace to 1e-4', () => {
  const text = charactersOf(trace.text)
  const network = plainTextNetwork(shipped)
  const hand = network.hand(shipped.hands.find(({ name }) => name === trace.hand)?.vector as number[])
  let state = startOfText(shipped)
  for (let n = 0; n < trace.movements.length; n++) {
    state = network.step(n === 0 ? [0, 0, 1] : trace.movements[n - 1], state, text, hand)
    const expected = trace.steps.find(({ step }: { step: number }) => step === n)
    if (!expected) continue
    for (const part of ['h1', 'c1', 'h2', 'c2', 'kappa'] as const)
      expect(farthest(state[part], expected[part])).toBeLessThan(1e-4)
    expect(state.y / 4).toBeCloseTo(expected.input[3], 5)
    const phi = new Array(text.length).fill(0)
    state.attention.phi.forEach((value, at) => {
      phi[state.attention.from + at] = value
    })
    expect(farthest(phi, expected.phi)).toBeLessThan(1e-4)
    const mixture = network.mixture(state)
    for (const part of PARTS) expect(farthest(mixture[part], expected[part])).toBeLessThan(1e-4)
    expect(Math.abs(mixture.eos - expected.eos)).toBeLessThan(1e-4)
  }
})

describe('the plain network agrees with the float64 reference', () => {
  test.each([
    [1, 1, 1, true],
    [5, 3, 2, true],
    [8, 4, 3, false],
    [17, 10, 20, true],
  ])('%i units, %i window components, %i mixtures, int8: %s', (units, window, mixtures, int8) => {
    const weights = smallTextWeights(units, window, mixtures, { int8, spread: 0.3 })
    const text = charactersOf('~ab b a')
    const vector = weights.hands[0].vector
    const reference = float64TextNetwork(weights.tensors, [...text], vector)
    const network = plainTextNetwork(weights)
    const hand = network.hand(vector)
    const random = new Random(3)
    let state = startOfText(weights)
    let exact = reference.start
    for (let n = 0; n < 30; n++) {
      const movement = [random.normal(), random.normal(), n % 5 === 0 ? 1 : 0].map(Math.fround)
      state = network.step(movement as [number, number, number], state, text, hand)
      exact = reference.step(movement, exact)
      for (const part of ['h1', 'c1', 'h2', 'c2', 'kappa', 'seen'] as const)
        expect(furthest(state[part], exact[part])).toBeLessThan(2e-5)
      const mixture = network.mixture(state)
      const expected = reference.mixture(exact)
      for (const part of PARTS) expect(furthest(mixture[part], expected[part])).toBeLessThan(1e-4)
    }
  })
})

test('the far end of a text changes nothing, and a step evaluates only what is near', () => {
  const network = plainTextNetwork(shipped)
  const hand = network.hand(shipped.hands[0].vector)
  const write = (text: string) => {
    const characters = charactersOf(text)
    const states: TextState[] = [startOfText(shipped)]
    for (const movement of trace.movements.slice(0, 20))
      states.push(network.step(movement, states.at(-1) as TextState, characters, hand))
    return states
  }
  const short = write(`${trace.text} and so on, to the far end`)
  const long = write(`${trace.text} and so on, to the far end${' and more'.repeat(2000)}`)
  expect(long).toEqual(short)
  expect(Math.max(...long.map(({ attention }) => attention.phi.length))).toBeLessThan(14)
})

test('at the end of a long text the window still moves, and then stays on the end', () => {
  const weights = smallTextWeights(4, 2, 1)
  const network = plainTextNetwork(weights)
  const text = charactersOf('word '.repeat(4000))
  const near = { ...startOfText(weights), kappa: new Float64Array(2).fill(19_998) }
  const state = network.step([0.1, 0, 0], near, text, network.hand([0, 0, 0]))
  expect(state.kappa[0]).toBeGreaterThan(19_998)
  const past = { ...near, kappa: new Float64Array(2).fill(21_000) }
  const after = network.step([0.1, 0, 0], past, text, network.hand([0, 0, 0]))
  expect([...after.seen].some(Boolean)).toBe(false)
  expect(attended(after.attention, text.length)).toBe(text.length - 1)
})

test('a hand of another length is refused', () => {
  expect(() => plainTextNetwork(shipped).hand([1, 2])).toThrow('Expected a hand of 16 numbers, got 2.')
})
