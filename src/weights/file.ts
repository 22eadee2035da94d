import * as v from 'valibot'
import { base64FromBytes, bytesFromBase64 } from '../math/base64.ts'
import { bytesFromFloat32, float32FromBytes } from '../math/little-endian.ts'
import { columnsOf, quantize, sizeOf, type Tensor } from '../math/tensor.ts'
import { logitCount } from '../network/mixture.ts'

/** A trained network: what it is, whose it is, and its numbers. Sizes are read from the file, never assumed. */
export interface Weights {
  readonly name: string
  readonly description: string
  /** an SPDX identifier, as a rule */
  readonly license: string
  readonly attribution: string
  /** hidden units, H */
  readonly units: number
  /** mixture components, M */
  readonly mixtures: number
  readonly tensors: Readonly<Record<TensorName, Tensor>>
}

export type TensorName = 'inputWeights' | 'recurrentWeights' | 'bias' | 'headWeights' | 'headBias'

/** What is wrong with a weights file: where, what was expected there and what came. */
export class WeightsError extends Error {
  override name = 'WeightsError'
}

/** dx, dy and pen */
export const INPUTS = 3

// Far beyond any trained weight, and so small that no sum of them leaves float32.
const LARGEST_WEIGHT = 1e6

/** The shapes of version 1; gates in the order i g f o, the forget bias in `bias`, logits as in `mixtureFromLogits`. */
export function tensorShapes(units: number, mixtures: number): Record<TensorName, number[]> {
  return {
    inputWeights: [INPUTS, 4 * units],
    recurrentWeights: [units, 4 * units],
    bias: [4 * units],
    headWeights: [units, logitCount(mixtures)],
    headBias: [logitCount(mixtures)],
  }
}

const text = v.optional(v.string(), '')
const size = (largest: number) => v.pipe(v.number(), v.integer('an integer'), v.minValue(1), v.maxValue(largest))
const shape = v.array(size(2 ** 31))
const tensorSchema = v.variant('dtype', [
  v.object({
    dtype: v.literal('int8'),
    shape,
    scale: v.array(v.pipe(v.number(), v.finite('a finite number'), v.minValue(0))),
    data: v.string(),
  }),
  v.object({ dtype: v.literal('float32'), shape, data: v.string() }),
])
const fileSchema = v.object({
  format: v.literal('longhand-weights'),
  version: v.literal(1),
  name: text,
  description: text,
  license: text,
  attribution: text,
  architecture: v.object({
    type: v.literal('lstm-mdn'),
    input: v.literal(INPUTS),
    units: size(8192),
    mixtures: size(1024),
  }),
  tensors: v.object({
    inputWeights: tensorSchema,
    recurrentWeights: tensorSchema,
    bias: tensorSchema,
    headWeights: tensorSchema,
    headBias: tensorSchema,
  }),
})

/** A weights file, version 1, as JSON.parse and JSON.stringify know it. */
export type WeightsFile = v.InferInput<typeof fileSchema>
type TensorEntry = v.InferOutput<typeof tensorSchema>

/**
 * Reads a weights file, version 1.
 * @param json the parsed file; it may come from anywhere, and is checked in full
 * @throws WeightsError naming the tensor, what was expected and what came
 */
export function decodeWeights(json: unknown): Weights {
  const parsed = v.safeParse(fileSchema, json, { abortEarly: true })
  if (!parsed.success) throw schemaError(parsed.issues[0])
  const { name, description, license, attribution, architecture, tensors: entries } = parsed.output
  const { units, mixtures } = architecture
  const shapes = tensorShapes(units, mixtures)
  const tensor = (key: TensorName) => decodeTensor(key, entries[key], shapes[key])
  return {
    name,
    description,
    license,
    attribution,
    units,
    mixtures,
    tensors: {
      inputWeights: tensor('inputWeights'),
      recurrentWeights: tensor('recurrentWeights'),
      bias: tensor('bias'),
      headWeights: tensor('headWeights'),
      headBias: tensor('headBias'),
    },
  }
}

/**
 * The file of some weights, for JSON.stringify; `decodeWeights` gives them back to the bit.
 * @param dtype left out, every tensor keeps its own; 'int8' quantises the matrices (a quarter of the size, an error of at
 *   most half a step; biases stay float32). There is no 'float32': it would add bytes and no information
 */
export function encodeWeights(weights: Weights, dtype?: 'int8'): WeightsFile {
  const { name, description, license, attribution, units, mixtures, tensors } = weights
  const entry = (tensor: Tensor) =>
    encodeTensor(dtype === 'int8' && tensor.shape.length > 1 ? quantize(tensor) : tensor)
  return {
    format: 'longhand-weights',
    version: 1,
    name,
    description,
    license,
    attribution,
    architecture: { type: 'lstm-mdn', input: INPUTS, units, mixtures },
    tensors: {
      inputWeights: entry(tensors.inputWeights),
      recurrentWeights: entry(tensors.recurrentWeights),
      bias: entry(tensors.bias),
      headWeights: entry(tensors.headWeights),
      headBias: entry(tensors.headBias),
    },
  }
}

function decodeTensor(name: TensorName, entry: TensorEntry, expected: number[]): Tensor {
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
  checkSize(name, tensor)
  return tensor
}

function decodeBytes(name: TensorName, { shape, dtype, data }: TensorEntry, expected: number): Uint8Array<ArrayBuffer> {
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

function checkSize(name: TensorName, tensor: Tensor): void {
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

function schemaError(issue: v.BaseIssue<unknown>): WeightsError {
  const isMissing = issue.path?.at(-1)?.origin === 'key' // then valibot expects the entry's own name
  const path = v.getDotPath(issue)
  const where = path ? path.replace(/^tensors\./, '') : 'weights file'
  const expected = isMissing ? 'this entry' : (issue.expected ?? issue.message)
  const received = issue.received.length > 60 ? `${issue.received.slice(0, 60)}…` : issue.received
  return new WeightsError(`${where}: Expected ${expected}, got ${isMissing ? 'nothing' : received}.`)
}
