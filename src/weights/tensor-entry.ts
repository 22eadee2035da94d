import * as v from 'valibot'
import { base64FromBytes, bytesFromBase64 } from '../math/base64.ts'
import { bytesFromFloat32, float32FromBytes } from '../math/little-endian.ts'
import { once } from '../math/once.ts'
import { columnsOf, quantize, sizeOf, type Tensor } from '../math/tensor.ts'
import { WeightsError } from './weights-error.ts'

// Far beyond any trained weight, and small enough that no sum of them overflows float32.
const LARGEST_WEIGHT = 1e6

export const sizeSchema = (largest: number) =>
  v.pipe(
    v.number(),
    v.integer('an integer'),
    v.minValue(1, 'a number of at least 1'),
    v.maxValue(largest, `a number of at most ${largest}`),
  )

/** A tensor as it stands in a weights file: row-major, base64, little-endian; value = data × scale[column] for int8. */
export const tensorSchema = once(() => {
  const shape = v.array(sizeSchema(2 ** 31))
  return v.variant('dtype', [
    v.object({
      dtype: v.literal('int8'),
      shape,
      scale: v.array(v.pipe(v.number(), v.finite('a finite number'), v.minValue(0, 'a number of at least 0'))),
      data: v.string(),
    }),
    v.object({ dtype: v.literal('float32'), shape, data: v.string() }),
  ])
})

export type TensorEntry = v.InferOutput<ReturnType<typeof tensorSchema>>

/** A schema with one tensor for each name. */
export function tensorsSchema<Name extends string>(names: readonly Name[]) {
  const entries = Object.fromEntries(names.map((name) => [name, tensorSchema()]))
  return v.object(entries as Record<Name, ReturnType<typeof tensorSchema>>)
}

/** Decodes the tensors of a file. @throws WeightsError naming the tensor */
export function decodeTensors<Name extends string>(
  entries: Record<Name, TensorEntry>,
  shapes: Record<Name, readonly number[]>,
): Record<Name, Tensor> {
  const names = Object.keys(shapes) as Name[]
  const tensors = names.map((name) => [name, decodeTensor(name, entries[name], shapes[name])])
  return Object.fromEntries(tensors)
}

/**
 * Encodes tensors for a file.
 * @param dtype left out, every tensor keeps its type; 'int8' quantizes the matrices, and biases keep theirs
 */
export function encodeTensors<Name extends string>(
  tensors: Readonly<Record<Name, Tensor>>,
  dtype?: 'int8',
): Record<Name, TensorEntry> {
  const entries = Object.entries<Tensor>(tensors).map(([name, tensor]) => [
    name,
    encodeTensor(dtype === 'int8' && tensor.shape.length > 1 ? quantize(tensor) : tensor),
  ])
  return Object.fromEntries(entries)
}

function decodeTensor(name: string, entry: TensorEntry, expected: readonly number[]): Tensor {
  const { shape } = entry
  if (shape.length !== expected.length || shape.some((size, n) => size !== expected[n]))
    throw new WeightsError(`${name}: Expected shape [${expected.join(', ')}], got [${shape.join(', ')}].`)
  const columns = columnsOf(shape)
  if (entry.dtype === 'int8' && entry.scale.length !== columns)
    throw new WeightsError(`${name}: Expected one scale per column (${columns}), got ${entry.scale.length}.`)
  const bytes = decodeBytes(name, entry, sizeOf(shape) * (entry.dtype === 'int8' ? 1 : 4))
  const tensor: Tensor =
    entry.dtype === 'int8'
      ? { dtype: 'int8', shape, scale: Float64Array.from(entry.scale), data: new Int8Array(bytes.buffer) }
      : { dtype: 'float32', shape, data: float32FromBytes(bytes) }
  checkMagnitude(name, tensor)
  return tensor
}

function decodeBytes(name: string, { shape, dtype, data }: TensorEntry, expected: number): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = bytesFromBase64(data)
  } catch {
    throw new WeightsError(`${name}: Expected ${dtype} values as base64, got text that is not base64.`)
  }
  if (bytes.length !== expected) {
    const values = shape.length > 1 ? `${shape.join(' × ')} = ${sizeOf(shape)}` : `${sizeOf(shape)}`
    throw new WeightsError(
      `${name}: Expected ${values} ${dtype} values in ${expected} bytes, got ${bytes.length} bytes.`,
    )
  }
  return bytes
}

function checkMagnitude(name: string, tensor: Tensor): void {
  const sizes = tensor.dtype === 'int8' ? tensor.scale.map((scale) => scale * 128) : tensor.data
  const wrong = sizes.findIndex((size) => !(Math.abs(size) <= LARGEST_WEIGHT))
  if (wrong >= 0)
    throw new WeightsError(
      `${name}: Expected finite weights of at most ${LARGEST_WEIGHT}, got ${sizes[wrong]} at index ${wrong}.`,
    )
}

function encodeTensor(tensor: Tensor): TensorEntry {
  const shape = [...tensor.shape]
  if (tensor.dtype === 'float32')
    return { shape, dtype: 'float32', data: base64FromBytes(bytesFromFloat32(tensor.data)) }
  const { data, scale } = tensor
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return { shape, dtype: 'int8', scale: [...scale], data: base64FromBytes(bytes) }
}
