import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeWeights, encodeWeights } from '../../src/weights/file.ts'
import { decodeTextWeights, encodeTextWeights, textTensorShapes } from '../../src/weights/text-file.ts'
import { WeightsError } from '../../src/weights/weights-error.ts'
import { smallTextWeights } from '../fixtures/small-text-weights.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

// biome-ignore lint/suspicious/noExplicitAny: a file as JSON, which tests change in ways that its type forbids
type Json = any

const stored = (end: string) => readFileSync(new URL(`../../weights/scribe.${end}`, import.meta.url), 'utf8')
const copy = (json: Json): Json => JSON.parse(JSON.stringify(json))

test('the shipped file is read completely and written again as it was', () => {
  const file = JSON.parse(stored('json'))
  const weights = decodeTextWeights(file)
  expect(weights).toMatchObject({ units: 400, alphabet: 96, window: 10, mixtures: 20, hand: 16 })
  expect(weights.metrics.xHeight).toBe(2.819)
  expect(weights.hands).toHaveLength(40)
  expect(copy(encodeTextWeights(weights))).toEqual(file)
  expect(stored('json').length).toBeLessThan(3.5e6)
  expect(stored('md')).toContain(createHash('sha256').update(stored('json')).digest('hex'))
})

test.each([
  [1, 1, 1],
  [2, 3, 1],
  [7, 4, 5],
])('%i units, %i window components, %i mixtures survive the file to the bit', (units, window, mixtures) => {
  for (const int8 of [true, false]) {
    const weights = smallTextWeights(units, window, mixtures, { int8 })
    expect(decodeTextWeights(copy(encodeTextWeights(weights)))).toEqual(weights)
  }
})

describe('a malformed file is a WeightsError that names the part:', () => {
  const file = copy(encodeTextWeights(smallTextWeights(2, 3, 1)))
  const w = file.tensors.w1
  test.each<[string, Json, string]>([
    ['version', { version: 1 }, 'version: Expected 2, got 1.'],
    ['metrics', { metrics: { ...file.metrics, xHeight: 0 } }, 'metrics.xHeight: Expected a number above 0, got 0.'],
    ['layers', { architecture: { ...file.architecture, layers: 3 } }, 'architecture.layers: Expected 2, got 3.'],
    [
      'alphabet',
      { architecture: { ...file.architecture, alphabet: 95 } },
      'architecture.alphabet: Expected 96, got 95.',
    ],
    ['units', { architecture: { ...file.architecture, units: 3 } }, 'x1: Expected shape [4, 12], got [4, 8].'],
    ['a tensor', { tensors: { ...file.tensors, r2: undefined } }, 'r2: Expected this field, got nothing.'],
    [
      'scale',
      { tensors: { ...file.tensors, w1: { ...w, scale: [1] } } },
      'w1: Expected one scale per column (8), got 1.',
    ],
    ['base64', { tensors: { ...file.tensors, w1: { ...w, data: '?' } } }, 'w1: Expected int8 values as base64'],
    ['hands', { hands: [] }, 'hands: Expected at least one hand'],
    ['a name', { hands: [{ name: '', vector: [0, 0, 0] }] }, 'hands.0.name: Expected a name'],
    ['a vector', { hands: [{ name: 'elm', vector: [0, 0] }] }, 'hands.0.vector: Expected 3 numbers, got 2.'],
    ['a value', { hands: [{ name: 'elm', vector: [0, 101, 0] }] }, 'hands.0.vector.1: Expected a finite number within'],
    ['names', { hands: [file.hands[0], file.hands[0]] }, 'hands.1.name: Expected every name once, got "elm" again.'],
  ])('%s', (_part, change, message) => {
    const wrong = copy({ ...file, ...change })
    expect(() => decodeTextWeights(wrong)).toThrow(WeightsError)
    expect(() => decodeTextWeights(wrong)).toThrow(message)
  })

  test('anything at any place', () => {
    const paths: string[][] = []
    const visit = (value: Json, path: string[]) => {
      if (path.length > 0) paths.push(path)
      if (typeof value === 'object' && value !== null)
        for (const key of Object.keys(value)) if (path.length < 4) visit(value[key], [...path, key])
    }
    visit(file, [])
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const wrong = copy(file)
        const parent = path.slice(0, -1).reduce((at: Json, key) => at[key], wrong)
        parent[path[path.length - 1]] = value
        try {
          expect(decodeTextWeights(wrong).tensors.x1.shape).toEqual([4, 8])
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsError)
        }
      }),
      { numRuns: 400 },
    )
  })
})

test('each decoder names the other one for the other network', () => {
  const text = encodeTextWeights(smallTextWeights(2, 1, 1))
  const free = encodeWeights(smallWeights(2, 1))
  expect(() => decodeWeights(text)).toThrow('That is a text network: use decodeTextWeights.')
  expect(() => decodeTextWeights(free)).toThrow('That is a network for free writing: use decodeWeights.')
})

test('shapes are those of the format', () => {
  const shapes = textTensorShapes({ units: 400, alphabet: 96, window: 10, mixtures: 20, hand: 16 })
  expect(shapes).toMatchObject({ w1: [96, 1600], i2: [400, 1600], wp: [400, 30], wo: [800, 121], c2: [16, 1600] })
})
