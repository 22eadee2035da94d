import { describe, expect, test } from 'vitest'
import { DenseError, importDense } from '../../../src/api/pattern.ts'
import { readLists } from '../../../src/pattern/dense/lists.ts'
import { readMetadata } from '../../../src/pattern/dense/metadata.ts'
import { readSafetensors } from '../../../src/pattern/dense/safetensors.ts'
import { stackOf } from '../../../src/pattern/dense/stack.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const matrix = (outputs: number, inputs: number) => ({
  shape: [outputs, inputs],
  data: Array.from({ length: outputs * inputs }, (_, n) => n),
})

describe('a stack', () => {
  test('is in the numerical order of its names', () => {
    const names = (layers: string[]) => stackOf(new Map(layers.map((name) => [name, matrix(1, 1)]))).map((l) => l.name)
    expect(names(['10.weight', '2.weight', '0.weight'])).toEqual(['0', '2', '10'])
    expect(names(['dense_10/kernel:0', 'dense/kernel:0', 'dense_9/kernel:0'])).toEqual(['dense', 'dense_9', 'dense_10'])
    expect(names(['net.1.weight', 'net.0.linear.weight'])).toEqual(['net.0.linear', 'net.1'])
    expect(names(['weight'])).toEqual([''])
  })

  test('has one row per output, in both layouts, and a missing bias is zero', () => {
    const [torch, keras] = stackOf(
      new Map([
        ['0.weight', matrix(2, 3)],
        ['1.kernel', matrix(3, 2)],
        ['1.bias', { shape: [2], data: [7, 8] }],
      ]),
    )
    expect(torch).toEqual({ name: '0', weights: Float32Array.of(0, 1, 2, 3, 4, 5), bias: Float32Array.of(0, 0) })
    expect(keras).toEqual({ name: '1', weights: Float32Array.of(0, 2, 4, 1, 3, 5), bias: Float32Array.of(7, 8) })
  })
})

describe('the metadata of a file', () => {
  test('may be text, as in safetensors', () => {
    const metadata = { activation: 'sine', omega: 30, range: [-1, 1], yUp: true, name: 'a' }
    expect(readMetadata(metadata)).toEqual(metadata)
    expect(readMetadata({ activation: 'sine', omega: '30', range: '-1, 1', yUp: 'true', name: 'a' })).toEqual(metadata)
    expect(readMetadata({ format: 'pt' })).toEqual({})
  })

  test.each([
    [3, 'metadata: Expected an object, got 3.'],
    [{ omega: 'thirty' }, 'metadata.omega: Expected a number, got NaN.'],
    [{ omega: Number.POSITIVE_INFINITY }, 'metadata.omega: Expected a finite number, got Infinity.'],
    [{ range: [0, 1, 2] }, 'metadata.range'],
    [{ range: '0' }, 'metadata.range'],
    [{ range: '0,one' }, 'metadata.range.1: Expected a number, got NaN.'],
    [{ range: [0, Number.POSITIVE_INFINITY] }, 'metadata.range.1: Expected a finite number, got Infinity.'],
    [{ yUp: 'perhaps' }, 'metadata.yUp: Expected boolean, "true" or "false", got "perhaps"'],
    [{ activation: 'swish' }, 'metadata.activation: Expected "tanh"'],
  ])('that is invalid is refused: %j', (metadata, message) => {
    expect(() => readMetadata(metadata)).toThrow(message)
    expect(() => readMetadata(metadata)).toThrow(DenseError)
  })
})

describe('lists', () => {
  test('can be alone or beside metadata', () => {
    const tensors = new Map([['0.weight', { shape: [1, 2], data: [1, 2] }]])
    expect(readLists(bytes('{"0.weight": [[1, 2]]}'))).toEqual({ tensors, metadata: {} })
    expect(readLists(bytes('\ufeff{"metadata": {"a": 1}, "tensors": {"0.weight": [[1, 2]]}}'))).toEqual({
      tensors,
      metadata: { a: 1 },
    })
  })

  test.each([
    ['{"0.weight": [[NaN, 1]]}', 'file: Expected JSON, got other bytes.'],
    ['{"0.weight": [[1e999, 1]]}', 'layers.0: Expected weights from -1000000 to 1000000, got Infinity.'],
    ['{"0.weight": [[1e30, 1]]}', 'layers.0: Expected weights from -1000000 to 1000000, got 1.'],
    ['{"0.weight": [[[1, 1]]]}', '0.weight: Expected a list of numbers or of rows of numbers, got other values.'],
    ['{"0.weight": []}', '0: Expected at least one output and one input, got 0 and 0.'],
    [
      '{"__proto__": {"0.weight": [[1, 1]]}}',
      '__proto__: Expected a list of numbers or of rows of numbers, got an object.',
    ],
    ['{"tensors": {"__proto__": [[1, 1]]}}', 'dense/kernel and dense/bias, got __proto__.'],
    ['{"tensors": null}', 'tensors: Expected an object with tensors by name, got null.'],
    ['null', 'file: Expected an object with tensors, got null.'],
    ['', 'file: Expected JSON, got other bytes.'],
  ])('of anything else are refused: %s', (text, message) => {
    expect(() => importDense(bytes(text))).toThrow(message)
    expect(() => importDense(bytes(text))).toThrow(DenseError)
  })
})

describe('a safetensors file', () => {
  const file = (header: unknown, values: readonly number[] = []) => {
    const text = JSON.stringify(header)
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(text.length))
    return Buffer.concat([length, Buffer.from(text), Buffer.from(Float32Array.from(values).buffer)])
  }
  const tensor = (shape: number[], from: number, to: number) => ({ dtype: 'F32', shape, data_offsets: [from, to] })

  test('has its values at the offsets of its header, in any order', () => {
    const header = { __metadata__: { a: 'b' }, two: tensor([2], 4, 12), one: tensor([1, 1], 0, 4) }
    expect(readSafetensors(file(header, [5, 6, 7]))).toEqual({
      tensors: new Map([
        ['two', { shape: [2], data: Float32Array.of(6, 7) }],
        ['one', { shape: [1, 1], data: Float32Array.of(5) }],
      ]),
      metadata: { a: 'b' },
    })
  })

  test.each([
    [{ a: tensor([3], 0, 8) }, 'a: Expected 3 values in 12 bytes, got bytes 0…8 of 8.'],
    [{ a: tensor([2], 4, 12) }, 'a: Expected 2 values in 8 bytes, got bytes 4…12 of 8.'],
    [{ a: tensor([2], -4, 4) }, 'a: Expected 2 values in 8 bytes, got bytes -4…4'],
    [
      { a: tensor([1e9, 1e9], 0, 8) },
      'a: Expected 1000000000 × 1000000000 values in 4000000000000000000 bytes, got bytes 0…8',
    ],
    [{ a: tensor([-2], 0, 8) }, 'a.shape.0: Expected >=0, got -2.'],
    [{ a: { ...tensor([2], 0, 8), dtype: 'BF16' } }, 'a: Expected F32 (float32) values, got BF16.'],
    [{ a: { dtype: 'F32' } }, 'a.shape: Expected this field, got nothing.'],
    [7, 'header: Expected an object, got 7.'],
  ])('that is broken is refused by name: %j', (header, message) => {
    expect(() => readSafetensors(file(header, [1, 2]))).toThrow(message)
    expect(() => readSafetensors(file(header, [1, 2]))).toThrow(DenseError)
  })

  test('with a header longer than the file is refused', () => {
    const long = Buffer.alloc(16)
    long.writeBigUInt64LE(9n)
    expect(() => readSafetensors(long)).toThrow(
      'Expected a safetensors file, got 16 bytes with a header that does not fit.',
    )
    long.writeBigUInt64LE(2n ** 40n)
    expect(() => readSafetensors(long)).toThrow(
      'Expected a safetensors file, got 16 bytes with a header that does not fit.',
    )
  })
})
