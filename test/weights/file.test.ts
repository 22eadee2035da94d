import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../src/math/random.ts'
import { dequantize, type Tensor } from '../../src/math/tensor.ts'
import { decodeWeights, encodeWeights, tensorShapes, type Weights } from '../../src/weights/file.ts'
import { WeightsError } from '../../src/weights/weights-error.ts'
import { Model } from '../../src/writing/model.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

const NAMES = ['inputWeights', 'recurrentWeights', 'bias', 'headWeights', 'headBias'] as const

// A file is any JSON here: most of what follows is about the ones that are not as they should be.
// biome-ignore lint/suspicious/noExplicitAny: as said
type Json = any

/** The file as it comes from disk. */
const parsed = (file: unknown): Json => JSON.parse(JSON.stringify(file))
const smallFile = (dtype?: 'int8') => parsed(encodeWeights(smallWeights(2, 1), dtype))

/** A file that this test wrote itself, by the words of the format: 2 units, 1 component. */
function handmadeFile(): Json {
  const int8 = (shape: number[], scale: number[]) => {
    const length = shape.reduce((a, b) => a * b)
    const bytes = Buffer.alloc(length)
    for (let n = 0; n < length; n++) bytes.writeInt8(((n * 37) % 256) - 128, n)
    return { shape, dtype: 'int8', scale, data: bytes.toString('base64') }
  }
  const float32 = (shape: number[]) => {
    const bytes = Buffer.alloc(4 * shape[0])
    for (let n = 0; n < shape[0]; n++) bytes.writeFloatLE(n / 8 - 0.3, 4 * n)
    return { shape, dtype: 'float32', data: bytes.toString('base64') }
  }
  const eight = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => n / 100)
  return {
    format: 'longhand-weights',
    version: 1,
    name: 'handmade',
    description: 'a few numbers',
    license: 'MIT',
    attribution: 'this test',
    architecture: { type: 'lstm-mdn', input: 3, units: 2, mixtures: 1 },
    tensors: {
      inputWeights: int8([3, 8], eight),
      recurrentWeights: int8([2, 8], eight),
      bias: float32([8]),
      headWeights: int8([2, 7], eight.slice(1)),
      headBias: float32([7]),
    },
  }
}

/** The values of an entry, read by other means. */
function valuesOf({ dtype, scale, data }: Json): Float32Array {
  const bytes = Buffer.from(data, 'base64')
  if (dtype === 'int8')
    return Float32Array.from(bytes, (_, n) => Math.fround(bytes.readInt8(n) * scale[n % scale.length]))
  return Float32Array.from({ length: bytes.length / 4 }, (_, n) => bytes.readFloatLE(4 * n))
}

describe('decodeWeights', () => {
  test('reads what the format says', () => {
    const file = handmadeFile()
    const weights = decodeWeights(file)
    expect(weights).toMatchObject({
      name: 'handmade',
      description: 'a few numbers',
      license: 'MIT',
      attribution: 'this test',
      units: 2,
      mixtures: 1,
    })
    for (const name of NAMES) {
      expect(weights.tensors[name].shape).toEqual(tensorShapes(2, 1)[name])
      expect(dequantize(weights.tensors[name])).toEqual(valuesOf(file.tensors[name]))
    }
  })
  test.each(['handwriting', 'wild'])('reads %s, 500 units, value for value, and its card knows it', (name) => {
    const stored = (end: string) => readFileSync(new URL(`../../weights/${name}.${end}`, import.meta.url), 'utf8')
    const file = JSON.parse(stored('json'))
    expect(stored('md')).toContain(createHash('sha256').update(stored('json')).digest('hex'))
    expect([file.name, file.license]).toEqual([name, 'CC-BY-4.0'])
    expect(stored('json').length).toBeLessThan(1.5e6)
    const weights = decodeWeights(file)
    const { units, mixtures } = file.architecture
    expect([weights.units, weights.mixtures]).toEqual([units, mixtures])
    for (const name of NAMES) {
      const got = dequantize(weights.tensors[name])
      const expected = valuesOf(file.tensors[name])
      expect(got.length).toBe(expected.length)
      expect(Buffer.compare(Buffer.from(got.buffer), Buffer.from(expected.buffer))).toBe(0)
    }
  })
  test('takes any tensor as int8 or float32', () => {
    const file = handmadeFile()
    file.tensors.bias = { shape: [8], dtype: 'int8', scale: Array(8).fill(0.5), data: 'AQIDBAUGB/8=' }
    expect([...dequantize(decodeWeights(file).tensors.bias)]).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, -0.5])
    expect(decodeWeights(smallFile()).tensors.headWeights.dtype).toBe('float32')
  })
  test('does without words about the weights, and over words it does not know', () => {
    const { name, description, license, attribution, ...file } = handmadeFile()
    expect(decodeWeights({ ...file, more: [1] })).toMatchObject({
      name: '',
      description: '',
      license: '',
      attribution: '',
    })
  })
  test('leaves the file as it was', () => {
    const file = handmadeFile()
    decodeWeights(file)
    expect(file).toEqual(handmadeFile())
  })
})

function expectSame(got: Weights, expected: Weights): void {
  expect({ ...got, tensors: 0 }).toEqual({ ...expected, tensors: 0 })
  const bits = ({ dtype, shape, data, ...rest }: Tensor) => ({
    dtype,
    shape: [...shape],
    bytes: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex'),
    scale: 'scale' in rest ? [...rest.scale] : undefined,
  })
  for (const name of NAMES) expect(bits(got.tensors[name])).toEqual(bits(expected.tensors[name]))
}

describe('encodeWeights', () => {
  test.each([
    [1, 1],
    [2, 1],
    [5, 3],
    [7, 20],
  ])('gives a file that comes back to the bit, for %i units and %i components', (units, mixtures) => {
    const weights = smallWeights(units, mixtures)
    expectSame(decodeWeights(parsed(encodeWeights(weights))), weights)
    const quantised = decodeWeights(parsed(encodeWeights(weights, 'int8')))
    expectSame(decodeWeights(parsed(encodeWeights(quantised))), quantised)
    expectSame(decodeWeights(parsed(encodeWeights(quantised, 'int8'))), quantised)
  })
  test('writes the handmade file as version 2, with the metrics of version 1', () => {
    expect(parsed(encodeWeights(decodeWeights(handmadeFile())))).toEqual({
      ...handmadeFile(),
      version: 2,
      metrics: { unit: 0.5657, xHeight: 2.7, meanStep: 0.495, startSpread: 0.29 },
    })
  })
  test('writes a version-2 file as it was', () => {
    const file = { ...handmadeFile(), version: 2, metrics: { unit: 0.6, xHeight: 3, meanStep: 0.4, startSpread: 0 } }
    expect(parsed(encodeWeights(decodeWeights(file)))).toEqual(file)
  })
  test('in int8 keeps the matrices to half a step, the biases to the bit', () => {
    const weights = smallWeights(6, 4)
    const file = encodeWeights(weights, 'int8')
    const decoded = decodeWeights(parsed(file))
    for (const name of ['bias', 'headBias'] as const) expect(decoded.tensors[name]).toEqual(weights.tensors[name])
    for (const name of ['inputWeights', 'recurrentWeights', 'headWeights'] as const) {
      const entry: Json = file.tensors[name]
      expect(entry.dtype).toBe('int8')
      const before = weights.tensors[name].data
      const after = dequantize(decoded.tensors[name])
      for (const [n, value] of before.entries()) {
        const step = entry.scale[n % entry.scale.length]
        expect(Math.abs(after[n] - value)).toBeLessThanOrEqual(step / 2 + 1e-7 * Math.abs(value))
        expect(step).toBeLessThan(3 / 127)
      }
    }
  })
  test('keeps the bits of odd floats: −0, denormals, the largest that is taken', () => {
    const weights = smallWeights(1, 1)
    weights.tensors.bias.data.set([-0, 1e-45, 1e6, -1e6])
    expectSame(decodeWeights(parsed(encodeWeights(weights))), weights)
  })
})

/** The file with a value at a dotted path, or without it where the value is undefined. */
function changed(file: Json, path: string, value: unknown): Json {
  const keys = path.split('.')
  const last = keys.pop() as string
  const parent = keys.reduce((at, key) => at[key], file)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return file
}

describe('a malformed file is a WeightsError that says where, what was expected, and what came:', () => {
  test.each([
    ['null', null, 'weights file: Expected an object, got null.'],
    ['nothing', undefined, 'weights file: Expected an object, got nothing.'],
    ['a list', [], 'version: Expected 1 or 2, got nothing.'],
    ['text', '{}', 'weights file: Expected an object, got "{}".'],
    ['a number', 1, 'weights file: Expected an object, got 1.'],
  ])('%s', (_, file, message) => {
    expect(() => decodeWeights(file)).toThrow(WeightsError)
    expect(() => decodeWeights(file)).toThrow(message)
  })

  test('a file that was not parsed: its beginning is told, and not all of it', () => {
    const call = () => decodeWeights(JSON.stringify(encodeWeights(smallWeights(5, 3), 'int8')))
    expect(call).toThrow(/^weights file: Expected an object, got "{.{50,60}…\.$/)
  })

  const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64')
  const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64')
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number
  test.each([
    ['format', undefined, 'format: Expected this field, got nothing.'],
    ['format', 'gguf', 'format: Expected "longhand-weights", got "gguf".'],
    ['version', 2, 'metrics: Expected this field, got nothing.'],
    ['version', 3, 'version: Expected 1 or 2, got 3.'],
    ['version', '1', 'version: Expected 1 or 2, got "1".'],
    ['name', 7, 'name: Expected text, got 7.'],
    ['license', null, 'license: Expected text, got null.'],
    ['architecture', undefined, 'architecture: Expected this field, got nothing.'],
    ['architecture.type', 'gru', 'architecture.type: Expected "lstm-mdn", got "gru".'],
    ['architecture.input', 5, 'architecture.input: Expected 3, got 5.'],
    ['architecture.units', 0, 'architecture.units: Expected a number of at least 1, got 0.'],
    ['architecture.units', -1, 'architecture.units: Expected a number of at least 1, got -1.'],
    ['architecture.units', 1.5, 'architecture.units: Expected an integer, got 1.5.'],
    ['architecture.units', '2', 'architecture.units: Expected a number, got "2".'],
    ['architecture.units', 9000, 'architecture.units: Expected a number of at most 8192, got 9000.'],
    ['architecture.units', nan, 'architecture.units: Expected a number, got NaN.'],
    ['architecture.units', 3, 'inputWeights: Expected shape [3, 12], got [3, 8].'],
    ['architecture.mixtures', 0, 'architecture.mixtures: Expected a number of at least 1, got 0.'],
    ['architecture.mixtures', 2, 'headWeights: Expected shape [2, 13], got [2, 7].'],
    ['tensors', undefined, 'tensors: Expected this field, got nothing.'],
    ['tensors', [1, 2], 'inputWeights: Expected this field, got nothing.'],
    ...NAMES.map((name) => [`tensors.${name}`, undefined, `${name}: Expected this field, got nothing.`]),
    ...NAMES.map((name) => [`tensors.${name}`, null, `${name}: Expected an object, got null.`]),
    ['tensors.bias.dtype', 'f16', 'bias.dtype: Expected "int8" or "float32", got "f16".'],
    ['tensors.bias.shape', [4], 'bias: Expected shape [8], got [4].'],
    ['tensors.bias.shape', [], 'bias: Expected shape [8], got [].'],
    ['tensors.bias.shape', [-8], 'bias.shape.0: Expected a number of at least 1, got -8.'],
    ['tensors.bias.shape', [8.5], 'bias.shape.0: Expected an integer, got 8.5.'],
    ['tensors.bias.shape', ['8'], 'bias.shape.0: Expected a number, got "8".'],
    ['tensors.inputWeights.shape', [8, 3], 'inputWeights: Expected shape [3, 8], got [8, 3].'],
    ['tensors.inputWeights.shape', [24], 'inputWeights: Expected shape [3, 8], got [24].'],
    [
      'tensors.inputWeights.data',
      zeros(23),
      'inputWeights: Expected 3 × 8 = 24 int8 values in 24 bytes, got 23 bytes.',
    ],
    ['tensors.bias.data', zeros(33), 'bias: Expected 8 float32 values in 32 bytes, got 33 bytes.'],
    ['tensors.bias.data', '', 'bias: Expected 8 float32 values in 32 bytes, got 0 bytes.'],
    ['tensors.bias.data', '*', 'bias: Expected float32 values as base64, got text that is not base64.'],
    ['tensors.bias.data', [1, 2], 'bias.data: Expected text, got a list.'],
    ['tensors.headWeights.scale', [1, 2, 3, 4, 5, 6], 'headWeights: Expected one scale per column (7), got 6.'],
    ['tensors.headWeights.scale', undefined, 'headWeights.scale: Expected this field, got nothing.'],
    ['tensors.headWeights.scale', 0.1, 'headWeights.scale: Expected a list, got 0.1.'],
    ['tensors.headWeights.scale.2', -0.1, 'headWeights.scale.2: Expected a number of at least 0, got -0.1.'],
    ['tensors.headWeights.scale.2', null, 'headWeights.scale.2: Expected a number, got null.'],
    ['tensors.headWeights.scale.2', nan, 'headWeights.scale.2: Expected a number, got NaN.'],
    ['tensors.headWeights.scale.2', infinity, 'headWeights.scale.2: Expected a finite number, got Infinity.'],
    [
      'tensors.headWeights.scale.2',
      1e300,
      'headWeights: Expected finite weights of at most 1000000, got 1.28e+302 at index 2.',
    ],
    [
      'tensors.bias.data',
      floats(0, 0, 0, nan, 0, 0, 0, 0),
      'bias: Expected finite weights of at most 1000000, got NaN at index 3.',
    ],
    [
      'tensors.bias.data',
      floats(0, 0, 0, 0, 0, 0, 0, -infinity),
      'bias: Expected finite weights of at most 1000000, got -Infinity at index 7.',
    ],
    [
      'tensors.bias.data',
      floats(2e6, 0, 0, 0, 0, 0, 0, 0),
      'bias: Expected finite weights of at most 1000000, got 2000000 at index 0.',
    ],
  ] as [string, unknown, string][])('%s = %j', (path, value, message) => {
    const file = changed(handmadeFile(), path, value)
    expect(() => decodeWeights(file)).toThrow(WeightsError)
    expect(() => decodeWeights(file)).toThrow(message)
  })
  test('and an Error by name', () => {
    const error = new WeightsError('x')
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toBe('WeightsError: x')
  })
})

describe('whatever comes instead of a file', () => {
  type Path = (string | number)[]
  const pathsOf = (value: Json, path: Path = []): Path[] =>
    value !== null && typeof value === 'object'
      ? [path, ...Object.keys(value).flatMap((key) => pathsOf(value[key], [...path, key]))]
      : [path]

  const junk = fc.oneof(
    fc.constantFrom(0, -0, 1, -1, 3, 8, 0.5, 1e308, -1e308, 5e-324, 2 ** 31, null, true, '', 'int8', 'float32', '8'),
    fc.constantFrom([], {}, [1], Number.NaN, Number.POSITIVE_INFINITY, undefined),
    fc.jsonValue(),
    fc.anything(),
  )
  const edits: Record<string, (parent: Json, key: string, value: unknown, at: number) => void> = {
    delete: (parent, key) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 1)
      else delete parent[key]
    },
    replace: (parent, key, value) => {
      parent[key] = value
    },
    insert: (parent, key, value) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 0, value)
      else parent[`${key}2`] = value
    },
    cut: (parent, key, _, at) => {
      if (typeof parent[key] === 'string') parent[key] = parent[key].slice(0, at % (parent[key].length + 1))
    },
    flip: (parent, key, value, at) => {
      if (typeof parent[key] !== 'string' || !parent[key]) return
      const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=* é'
      // not Number(value): there are objects of which it makes none, but throws
      const chosen = typeof value === 'number' && Number.isFinite(value) ? Math.abs(Math.trunc(value)) : at
      const letter = letters[chosen % letters.length]
      const place = at % parent[key].length
      parent[key] = parent[key].slice(0, place) + letter + parent[key].slice(place + 1)
    },
    double: (parent, key) => {
      if (typeof parent[key] === 'string') parent[key] = parent[key].repeat(2)
      else if (typeof parent[key] === 'number') parent[key] *= 2
    },
  }
  const mutation = fc.record({
    edit: fc.constantFrom(...Object.keys(edits)),
    path: fc.nat(),
    value: junk,
    at: fc.nat(),
  })

  /** A WeightsError, or weights that work. */
  function expectToBeRefusedOrToWork(file: unknown): boolean {
    let weights: Weights
    try {
      weights = decodeWeights(file)
    } catch (error) {
      if (!(error instanceof WeightsError)) throw error
      expect(error.message).toMatch(/^.+: Expected .+, got .*\.$/s)
      return false
    }
    const model = new Model(weights, new Random(1))
    let state = model.random_state()
    let movement = model.zero_input()
    for (let n = 0; n < 20; n++) {
      state = model.update(movement, state)
      movement = model.sample(model.get_pdf(state), 1)
      expect([...state.h, ...state.c, ...movement].every(Number.isFinite)).toBe(true)
    }
    return true
  }

  test.each([['float32'], ['int8'], ['handmade']])('files changed at random are refused or work (%s)', (kind) => {
    let worked = 0
    let refused = 0
    const make = () => (kind === 'handmade' ? handmadeFile() : smallFile(kind === 'int8' ? kind : undefined))
    const paths = pathsOf(make())
    const texts = paths.filter((path) => path.at(-1) === 'data')
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const file = { root: make() }
        for (const { edit, path, value, at } of mutations) {
          const choice = edit === 'flip' || edit === 'cut' ? texts : paths
          const way: Path = ['root', ...choice[path % choice.length]]
          const key = String(way.pop())
          let parent: Json = file
          for (const step of way) parent = parent?.[step]
          if (parent === null || typeof parent !== 'object') continue // an earlier change has taken it away
          edits[edit](parent, key, value, at)
        }
        if (expectToBeRefusedOrToWork(file.root)) worked++
        else refused++
      }),
      { numRuns: 600 },
    )
    // it was a test of both
    expect(worked).toBeGreaterThan(30)
    expect(refused).toBeGreaterThan(200)
  })
  test('anything at all is refused', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true, withDate: true }),
        (value) => {
          expect(expectToBeRefusedOrToWork(value)).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })
  test('any bytes of the right number are refused or work', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.infiniteStream(fc.oneof(fc.nat(255), fc.constantFrom(0, 0x7f, 0x80, 0xff))),
        (name, bytes) => {
          const file = smallFile()
          const { length } = Buffer.from(file.tensors[name].data, 'base64')
          file.tensors[name].data = Buffer.from(Array.from({ length }, () => bytes.next().value)).toString('base64')
          expectToBeRefusedOrToWork(file)
        },
      ),
    )
  })
})
