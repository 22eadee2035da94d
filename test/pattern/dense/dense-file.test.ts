import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DenseError,
  type DenseNetwork,
  decodeDense,
  encodeDense,
  importDense,
  patternFromDense,
} from '../../../src/api/pattern.ts'
import { Random } from '../../../src/math/random.ts'
import { renderTile } from '../../../src/pattern/paint/painter.ts'
import { largestDifference } from '../../fixtures/recipes.ts'

const random = new Random(4)
const normals = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.fround(random.normal())))

// (outputs, inputs), as in PyTorch
const weights = [normals(7, 2), normals(5, 7), normals(3, 5)]
const biases = [7, 5, 3].map((units) => normals(1, units)[0])

/** Computes the network's outputs by the textbook. */
function answers(x: number, y: number, { omega = 1, hidden = Math.tanh } = {}): number[] {
  let units = [x, y]
  for (const [n, rows] of weights.entries()) {
    const sums = rows.map((row, k) => row.reduce((sum, weight, i) => sum + weight * units[i], biases[n][k]))
    units = n < 2 ? sums.map((sum) => hidden(omega * sum)) : sums.map((sum) => 1 / (1 + Math.exp(-sum)))
  }
  return units
}

function expected(f: (x: number, y: number) => number[], [width, height]: [number, number]): number[] {
  const bytes: number[] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const place = [column + 0.5 - width / 2, row + 0.5 - height / 2].map((way) => way / Math.min(width, height))
      bytes.push(...f(place[0], place[1]).map((value) => Math.round(255 * Math.min(1, Math.max(0, value)))))
    }
  return bytes
}

function painted(network: DenseNetwork, [width, height]: [number, number]): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(width * height * 4)
  renderTile(patternFromDense(network), { width, height }, bytes)
  return bytes
}

const size: [number, number] = [21, 13]
const opaque = (f: (x: number, y: number) => number[]) => (x: number, y: number) => [...f(x, y), 1]

const torch = Object.fromEntries(
  weights.flatMap((rows, n) => [
    [`${2 * n}.weight`, rows],
    [`${2 * n}.bias`, biases[n]],
  ]),
)
const transposed = (rows: number[][]) => rows[0].map((_, k) => rows.map((row) => row[k]))
const keras = Object.fromEntries(
  weights.flatMap((rows, n) => [
    [`sequential/dense${n ? `_${n}` : ''}/kernel`, transposed(rows)],
    [`sequential/dense${n ? `_${n}` : ''}/bias`, biases[n]],
  ]),
)
const jsonFile = (json: unknown) => new TextEncoder().encode(JSON.stringify(json))

/** Writes a safetensors file by its specification: the length of the header, the header, the values. */
function safetensors(tensors: Record<string, number[] | number[][]>, metadata?: Record<string, string>): Uint8Array {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {}
  const values: number[] = []
  for (const [name, tensor] of Object.entries(tensors)) {
    const begin = 4 * values.length
    values.push(...(tensor.flat() as number[]))
    const shape = Array.isArray(tensor[0]) ? [tensor.length, tensor[0].length] : [tensor.length]
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, 4 * values.length] }
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, Buffer.from(Float32Array.from(values).buffer)])
}

describe('a dense network', () => {
  test.each([
    ["PyTorch's safetensors", safetensors(torch)],
    ["PyTorch's lists", jsonFile(torch)],
    ["Keras's safetensors", safetensors(keras)],
    ["Keras's lists", jsonFile({ tensors: keras, metadata: { activation: 'tanh', name: 'Größe, früh' } })],
    ['tensors in another order', jsonFile(Object.fromEntries(Object.entries(torch).reverse()))],
  ])('from %s is painted as the textbook computes it', (_, file) => {
    const bytes = painted(importDense(file), size)
    expect(largestDifference(bytes, expected(opaque(answers), size)).difference).toBeLessThanOrEqual(1)
  })

  test('of sines, with another range and y upward, is converted', () => {
    const file = safetensors(torch, { activation: 'sine', omega: '3', range: '-1,1', yUp: 'true' })
    const theirs = (x: number, y: number) => answers(2 * x, -2 * y, { omega: 3, hidden: Math.sin })
    const bytes = painted(importDense(file), size)
    expect(largestDifference(bytes, expected(opaque(theirs), size)).difference).toBeLessThanOrEqual(1)
    const options = { activation: 'sine', omega: 3, range: [-1, 1], yUp: true } as const
    expect(painted(importDense(safetensors(torch), options), size)).toEqual(bytes)
  })

  test('trained on 0…1 is shifted as well', () => {
    const theirs = (x: number, y: number) => answers(x + 0.5, y + 0.5)
    const bytes = painted(importDense(jsonFile(torch), { range: [0, 1] }), size)
    expect(largestDifference(bytes, expected(opaque(theirs), size)).difference).toBeLessThanOrEqual(1)
  })

  test('with tanh or linear outputs is converted or clipped to 0…1', () => {
    const ends = { tanh: (z: number) => (Math.tanh(z) + 1) / 2, linear: (z: number) => z }
    for (const [output, end] of Object.entries(ends)) {
      const f = (x: number, y: number) => answers(x, y).map((value) => end(Math.log(value / (1 - value))))
      const bytes = painted(importDense(jsonFile(torch), { output: output as 'tanh' }), size)
      expect(largestDifference(bytes, expected(opaque(f), size)).difference, output).toBeLessThanOrEqual(1)
    }
  })

  test('with four outputs has an opacity', () => {
    const file = jsonFile({
      '0.weight': [
        [1, 0],
        [0, 1],
        [1, 1],
        [5, -5],
      ],
      '0.bias': [0, 0, 0, 1],
    })
    const network = importDense(file)
    expect([network.color, network.alpha]).toEqual(['rgb', 'straight'])
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z))
    const f = (x: number, y: number) => [x, y, x + y, 5 * x - 5 * y + 1].map(sigmoid)
    expect(largestDifference(painted(network, size), expected(f, size)).difference).toBeLessThanOrEqual(1)
  })

  test('is restored from its file to the bit, with its name', () => {
    const network = importDense(safetensors(torch), { name: 'a, b', license: 'CC0-1.0' })
    expect(decodeDense(JSON.parse(JSON.stringify(encodeDense(network))))).toEqual(network)
    expect(network.name).toBe('a, b')
  })

  test.each([
    [{}, 'file: Expected the tensors of at least one layer, got none.'],
    [
      { 'lstm.weight_hh': [[1]] },
      'file: Expected tensors named like 0.weight and 0.bias, or dense/kernel and dense/bias, got lstm.weight_hh.',
    ],
    [{ '0.bias': [1] }, '0: Expected a weight or kernel, got only a bias.'],
    [{ '0.weight': [1, 2] }, '0: Expected weights of two dimensions, got shape [2].'],
    [{ '0.weight': [[1, 2], [3]] }, '0.weight: Expected rows of 2 numbers, as the first, got one of 1.'],
    [{ '0.weight': [['1', 2]] }, '0.weight: Expected a list of numbers or of rows of numbers, got other values.'],
    [{ '0.weight': [[1, 2]], '0.bias': [1, 2] }, '0: Expected a bias of shape [1], got [2].'],
    [{ '0.weight': [[1, 2, 3, 4]] }, '0: Expected 2 inputs (x, y) or 3 (x, y, r), got 4.'],
    [
      { '0.weight': [[1, 2]], '2.weight': [[1, 2]] },
      'layers.1: Expected 1 inputs, the outputs of the layer before, got 2.',
    ],
    [
      {
        '0.weight': [
          [1, 2],
          [1, 2],
          [1, 2],
          [1, 2],
          [1, 2],
        ],
      },
      'layers: Expected 3 outputs, for rgb, got 5.',
    ],
    [{ '0.weight': Array(129).fill([1, 2]), '1.weight': [Array(129).fill(0)] }, '129'],
    [{ '0.weight': [[1e9, 2]] }, 'layers.0: Expected weights from -1000000 to 1000000, got 1000000000.'],
    [[], 'file: Expected an object with tensors, got a list.'],
  ])('that is broken is refused by name, number %#', (json, message) => {
    expect(() => importDense(jsonFile(json))).toThrow(message)
    expect(() => importDense(jsonFile(json))).toThrow(DenseError)
  })

  test('in a safetensors file that is cut off, changed or of another type throws only DenseErrors', () => {
    const file = safetensors(torch, { activation: 'sine' })
    for (let length = 0; length < file.length; length++)
      expect(() => importDense(file.subarray(0, length)), `${length} bytes`).toThrow(DenseError)
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(file)
        changed[at] = byte
        try {
          importDense(changed)
        } catch (error) {
          if (!(error instanceof DenseError)) throw error
        }
      }),
      { numRuns: 1500 },
    )
    const half = Buffer.from(Buffer.from(file).toString('latin1').replace('"F32"', '"F16"'), 'latin1')
    expect(() => importDense(half)).toThrow('0.weight: Expected F32 (float32) values, got F16.')
    expect(() => importDense(safetensors(torch, { activation: 'swish' }))).toThrow(
      'metadata.activation: Expected "tanh", "sine", "softplus", "relu", "gaussian", "sigmoid" or "linear", got "swish".',
    )
  })

  test('in a broken file of our own throws only DenseErrors', () => {
    const file = encodeDense(importDense(safetensors(torch)))
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(file)), fc.jsonValue(), (key, value) => {
        try {
          decodeDense({ ...file, [key]: value })
        } catch (error) {
          if (!(error instanceof DenseError)) throw error
        }
      }),
    )
    const layers = (change: object) => ({
      ...file,
      layers: [{ ...file.layers[0], ...change }, ...file.layers.slice(1)],
    })
    expect(() => decodeDense(layers({ weights: '!' }))).toThrow(
      'layers.0.weights: Expected float32 values in base64, got other text.',
    )
    expect(() => decodeDense(layers({ weights: '' }))).toThrow(
      'Expected 7 × 2 float32 values in 56 bytes, got 0 bytes.',
    )
    expect(() => decodeDense(layers({ outputs: 1e9 }))).toThrow(DenseError)
    expect(() =>
      decodeDense({ ...file, color: 'hsv', layers: file.layers.map((l) => ({ ...l, activation: 'tanh' })) }),
    ).toThrow('Expected sigmoid in the last layer, because hsv needs 0…1, got tanh.')
  })
})
