import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { dequantize } from '../../src/math/tensor.ts'
import { decodeWeights, encodeWeights } from '../../src/weights/file.ts'
import { importTutorialWeights } from '../../src/weights/tutorial.ts'
import { WeightsError } from '../../src/weights/weights-error.ts'
import { Model } from '../../src/writing/model.ts'
import {
  expectation,
  type Float64State,
  type Float64Weights,
  furthest,
  lstmStep,
} from '../reference/float64-network.ts'

type File = [headWeights: string[], headBias: string, inputWeights: string[], recurrentWeights: string[], bias: string]

const H = 6
const M = 3
const LARGEST = { headWeights: 1.5, headBias: 2.5, inputWeights: 2.0, recurrentWeights: 0.8, bias: 1.5 }

/** Steps of −127…127, as the tutorial's own model was quantised. */
function steps(rows: number, columns: number, seed: number): number[][] {
  const random = new Random(seed)
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => Math.floor(random.uniform() * 255) - 127),
  )
}

const numbers = {
  headWeights: steps(H, 1 + 6 * M, 1),
  headBias: steps(1, 1 + 6 * M, 2),
  inputWeights: steps(3, 4 * H, 3),
  recurrentWeights: steps(H, 4 * H, 4),
  bias: steps(1, 4 * H, 5),
}

/** The old file: one byte a value, value + 127, rows of base64, and no names. */
function tutorialFile(): File {
  const row = (values: number[]) => Buffer.from(values.map((value) => value + 127)).toString('base64')
  const { headWeights, headBias, inputWeights, recurrentWeights, bias } = numbers
  return [headWeights.map(row), row(headBias[0]), inputWeights.map(row), recurrentWeights.map(row), row(bias[0])]
}

/** What it means, in float64; the model of 2016 adds 1 to the forget gate as it runs. */
function reference(): Float64Weights {
  const matrix = (name: keyof typeof numbers) => {
    const values = numbers[name].map((row) => row.map((value) => (value * LARGEST[name]) / 127))
    return { rows: values.length, columns: values[0].length, at: (row: number, column: number) => values[row][column] }
  }
  const bias = matrix('bias')
  const isForget = (column: number) => column >= 2 * H && column < 3 * H
  return {
    inputWeights: matrix('inputWeights'),
    recurrentWeights: matrix('recurrentWeights'),
    bias: { ...bias, at: (row, column) => bias.at(row, column) + (isForget(column) ? 1 : 0) },
    headWeights: matrix('headWeights'),
    headBias: matrix('headBias'),
  }
}

test('h, c and every mixture parameter agree with float64 to 1e-5 over 60 movements', () => {
  const model = new Model(importTutorialWeights(tutorialFile()))
  const random = new Random(6)
  let state = model.zero_state()
  let expected: Float64State = { h: [...state.h], c: [...state.c] }
  for (let n = 0; n < 60; n++) {
    const units = [random.normal(), random.normal(), n % 9 ? 0 : 1]
    state = model.update([units[0] * 10, units[1] * 10, units[2]], state)
    expected = lstmStep(reference(), units, expected)
    const pdf = model.get_pdf(state)
    const wanted = expectation(reference(), expected.h)
    expect(furthest(state.h, expected.h)).toBeLessThan(1e-5)
    expect(furthest(state.c, expected.c)).toBeLessThan(1e-5)
    for (const part of ['pi', 'mu1', 'mu2', 'rho'] as const)
      expect(furthest(pdf[part], wanted[part])).toBeLessThan(1e-5)
    for (const part of ['sigma1', 'sigma2'] as const)
      expect(furthest(pdf[part], wanted[part])).toBeLessThan(1e-5 * Math.max(1, ...wanted[part]))
    expect(Math.abs(pdf.eos - wanted.eos)).toBeLessThan(1e-5)
  }
})

test('sizes are read from the file, and the words say where it is from', () => {
  expect(importTutorialWeights(tutorialFile())).toMatchObject({ units: H, mixtures: M, license: 'MIT' })
  expect(importTutorialWeights(tutorialFile()).attribution).toContain('hardmaru/rnn-tutorial')
})

test('each byte is a step of the largest value of its tensor', () => {
  const { tensors } = importTutorialWeights(tutorialFile())
  for (const name of ['inputWeights', 'recurrentWeights', 'headWeights', 'headBias'] as const) {
    const expected = numbers[name].flat().map((value) => (value * LARGEST[name]) / 127)
    expect(furthest(dequantize(tensors[name]), expected)).toBeLessThan(1e-7 * 3)
  }
})

test('the forget bias of 1 is folded in, and into the forget gate alone', () => {
  const bias = dequantize(importTutorialWeights(tutorialFile()).tensors.bias)
  for (const [column, value] of bias.entries()) {
    const stored = (numbers.bias[0][column] * 1.5) / 127
    expect(value - stored).toBeCloseTo(column >= 2 * H && column < 3 * H ? 1 : 0, 6)
  }
})

test('what was imported is kept to the bit by the format of today', () => {
  const weights = importTutorialWeights(tutorialFile())
  expect(decodeWeights(JSON.parse(JSON.stringify(encodeWeights(weights))))).toEqual(weights)
})

describe('a malformed file is a WeightsError that says where, what was expected, and what came:', () => {
  const put = (list: readonly unknown[], index: number, value: unknown) => Object.assign([...list], { [index]: value })
  const bytes = (length: number, value = 127) => Buffer.alloc(length, value).toString('base64')
  const cases: [string, (file: File) => unknown, string][] = [
    [
      'null',
      () => null,
      "tutorial weights: Expected the tutorial's five tensors, got null. The order is [headWeights, headBias, inputWeights, recurrentWeights, bias].",
    ],
    [
      'a file of today',
      (f) => encodeWeights(importTutorialWeights(f)),
      "tutorial weights: Expected the tutorial's five tensors, got Object. The order is [headWeights",
    ],
    ['four tensors', (f) => f.slice(0, 4), 'bias: Expected a string of base64, got undefined'],
    ['six tensors', (f) => [...f, ''], 'tutorial weights: Expected the tutorial\'s five tensors, got ""'],
    ['none', () => [], 'headWeights: Expected an array of rows, got undefined'],
    ['a matrix without rows', (f) => put(f, 0, f[1]), 'headWeights: Expected an array of rows, got "'],
    ['a bias in rows', (f) => put(f, 4, [f[4]]), 'bias: Expected a string of base64, got Array'],
    ['a row that is a number', (f) => put(f, 2, [7, 8, 9]), 'inputWeights: Expected a string of base64, got 7'],
    ['tensors in another order', (f) => [f[2], f[4], f[0], f[3], f[1]], 'Expected'],
    [
      'a bias that is not 4 H long',
      (f) => put(f, 4, bytes(26)),
      'bias, headBias: Expected 4H and 6M + 1 values, got 26 and 19',
    ],
    ['an empty bias', (f) => put(f, 4, ''), 'bias, headBias: Expected 4H and 6M + 1 values, got 0 and 19'],
    [
      'a head bias that is not 6 M + 1 long',
      (f) => put(f, 1, bytes(20)),
      'Expected 4H and 6M + 1 values, got 24 and 20',
    ],
    ['a head bias of no component', (f) => put(f, 1, bytes(1)), 'Expected 4H and 6M + 1 values, got 24 and 1'],
    ['two input rows', (f) => put(f, 2, f[2].slice(1)), 'inputWeights: Expected 3 rows, got 2.'],
    ['no recurrent rows', (f) => put(f, 3, []), 'recurrentWeights: Expected 6 rows, got 0.'],
    ['a head row too many', (f) => put(f, 0, [...f[0], f[0][0]]), 'headWeights: Expected 6 rows, got 7.'],
    [
      'a short row',
      (f) => put(f, 3, put(f[3], 2, bytes(23))),
      'recurrentWeights: Expected rows of 24 values, got one of 23.',
    ],
    [
      'a long row',
      (f) => put(f, 0, put(f[0], 5, bytes(20))),
      'headWeights: Expected rows of 19 values, got one of 20.',
    ],
    [
      'a row that is no base64',
      (f) => put(f, 0, put(f[0], 5, '*')),
      'headWeights: Expected one byte per value as base64, got text that is not base64.',
    ],
    [
      'byte 255',
      (f) => put(f, 3, put(f[3], 0, bytes(24, 255))),
      'recurrentWeights: Expected bytes from 0 to 254, got byte 255.',
    ],
  ]
  test.each(cases)('%s', (_, change, message) => {
    const file = change(tutorialFile())
    expect(() => importTutorialWeights(file)).toThrow(WeightsError)
    expect(() => importTutorialWeights(file)).toThrow(message)
  })
  test('and so is anything else', () => {
    const texts = fc.oneof(fc.base64String(), fc.string(), fc.anything())
    const rows = fc.oneof(fc.array(texts, { maxLength: 7 }), fc.anything())
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.tuple(rows, texts, rows, rows, texts)), (file) => {
        expect(() => importTutorialWeights(file)).toThrow(WeightsError)
      }),
      { numRuns: 500 },
    )
  })
})
