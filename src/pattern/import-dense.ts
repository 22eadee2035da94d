import * as v from 'valibot'
import type { Activation } from './activation.ts'
import { CHANNELS, COLOR_MODELS } from './color.ts'
import { DENSE_ACTIVATIONS, DenseError, type DenseLayer, type DenseNetwork, decodeDense, encodeDense } from './dense.ts'
import type { Input } from './position.ts'

/**
 * Imports the dense networks of others: PyTorch's Sequential, whose tensors are `0.weight` (outputs, inputs) and
 * `0.bias`, `2.weight` and so on, or Keras's, whose are `dense/kernel` (inputs, outputs) and `dense/bias`. They come as a
 * safetensors file, or as JSON that a few lines of Python write:
 *
 *     import json
 *     tensors = {name: tensor.tolist() for name, tensor in model.state_dict().items()}  # PyTorch
 *     tensors = {weight.path: weight.numpy().tolist() for weight in model.weights}      # or Keras
 *     metadata = {'activation': 'tanh', 'output': 'sigmoid'}
 *     json.dump({'metadata': metadata, 'tensors': tensors}, open('network.json', 'w'))
 */

export interface ImportOptions {
  readonly name?: string
  readonly description?: string
  readonly license?: string
  readonly attribution?: string
  /** of the hidden layers; 'tanh' by default */
  readonly activation?: Activation
  /** of the last layer; 'sigmoid' by default. A tanh is turned from −1…1 into 0…1. */
  readonly output?: Activation
  /** what every sum of a hidden layer is multiplied by, such as the 30 of a network of sines; 1 by default */
  readonly omega?: number
  /** what x and y went from and to along the shorter side of the picture it was trained on; −0.5…0.5 by default */
  readonly range?: readonly [number, number]
  /** y grew upwards; downwards by default, as in pictures */
  readonly yUp?: boolean
  readonly color?: (typeof COLOR_MODELS)[number]
}

interface Values {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

const LARGEST_HEADER = 1 << 20

const number = v.pipe(v.union([v.number(), v.pipe(v.string(), v.transform(Number))]), v.number(), v.finite())
const metadataSchema = v.object({
  name: v.optional(v.string()),
  description: v.optional(v.string()),
  license: v.optional(v.string()),
  attribution: v.optional(v.string()),
  activation: v.optional(v.picklist(DENSE_ACTIVATIONS)),
  output: v.optional(v.picklist(DENSE_ACTIVATIONS)),
  omega: v.optional(number),
  range: v.optional(
    v.union([
      v.tuple([v.number(), v.number()]),
      v.pipe(
        v.string(),
        v.transform((text) => text.split(',').map(Number)),
        v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]),
      ),
    ]),
  ),
  yUp: v.optional(
    v.union([
      v.boolean(),
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((text) => text === 'true'),
      ),
    ]),
  ),
  color: v.optional(v.picklist(COLOR_MODELS)),
})
const headerSchema = v.record(
  v.string(),
  v.object({
    dtype: v.string(),
    shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
    data_offsets: v.tuple([v.pipe(v.number(), v.integer()), v.pipe(v.number(), v.integer())]),
  }),
)

/**
 * @param bytes a safetensors file, or the text of a JSON file; it may come from anywhere
 * @param options win over what the file says of itself
 * @throws DenseError saying which tensor is wrong, what was expected and what came
 */
export function importDense(bytes: Uint8Array, options: ImportOptions = {}): DenseNetwork {
  const isJson =
    bytes[0] === 0x7b ||
    bytes[0] === 0x5b ||
    bytes[0] === 0x20 ||
    bytes[0] === 0x0a ||
    bytes[0] === 0x0d ||
    bytes[0] === 0x09
  // The first bytes of a safetensors file are the size of its header, which may begin with the number of a brace.
  const { tensors, metadata } = isJson && bytes[7] !== 0 ? readJson(bytes) : readSafetensors(bytes)
  return fromTensors(tensors, { ...readMetadata(metadata), ...options })
}

interface Contents {
  readonly tensors: ReadonlyMap<string, Values>
  readonly metadata: unknown
}

function readSafetensors(bytes: Uint8Array): Contents {
  if (bytes.length < 8)
    throw new DenseError(`file: Got ${bytes.length} bytes when expected a safetensors file or JSON.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true)
  if (view.getUint32(4, true) !== 0 || length > LARGEST_HEADER || length > bytes.length - 8)
    throw new DenseError(
      `file: Got ${bytes.length} bytes that are no JSON and whose header does not fit when expected a safetensors file.`,
    )
  const json = parse(bytes.subarray(8, 8 + length), 'header')
  if (typeof json !== 'object' || json === null) throw new DenseError('header: Got no object when expected one.')
  const { __metadata__: metadata = {}, ...entries } = json as Record<string, unknown>
  const parsed = v.safeParse(headerSchema, entries, { abortEarly: true })
  if (!parsed.success) {
    const issue = parsed.issues[0]
    throw new DenseError(`${v.getDotPath(issue) ?? 'header'}: Got ${issue.received} when expected ${issue.expected}.`)
  }
  const data = 8 + length
  const tensors = new Map<string, Values>()
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(parsed.output)) {
    const [from, to] = offsets
    if (dtype !== 'F32') throw new DenseError(`${name}: Got ${dtype} when expected F32, float32 values.`)
    const size = shape.reduce((product, size) => product * size, 1)
    if (from < 0 || to - from !== 4 * size || data + to > bytes.length)
      throw new DenseError(
        `${name}: Got bytes ${from}…${to} of ${bytes.length - data} when expected ${shape.join(' × ')} values, ${4 * size} bytes.`,
      )
    const values = Float32Array.from({ length: size }, (_, n) => view.getFloat32(data + from + 4 * n, true))
    tensors.set(name, { shape, data: values })
  }
  return { tensors, metadata }
}

function readJson(bytes: Uint8Array): Contents {
  const json = parse(bytes, 'file')
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new DenseError('file: Got no object when expected one that has tensors.')
  const { tensors = json, metadata = {} } = json as { tensors?: unknown; metadata?: unknown }
  if (typeof tensors !== 'object' || tensors === null)
    throw new DenseError('tensors: Got no object when expected tensors by their names.')
  return {
    tensors: new Map(
      Object.entries(tensors)
        .filter(([name]) => name !== 'metadata')
        .map(([name, value]) => [name, valuesFromLists(name, value)]),
    ),
    metadata,
  }
}

function valuesFromLists(name: string, value: unknown): Values {
  const rows = Array.isArray(value) && value.every(Array.isArray) ? (value as unknown[][]) : undefined
  const data = rows ? rows.flat() : value
  if (!Array.isArray(data) || !data.every((entry) => typeof entry === 'number'))
    throw new DenseError(`${name}: Got no list of numbers or of rows of numbers when expected one.`)
  if (!rows) return { shape: [data.length], data }
  const columns = rows[0]?.length ?? 0
  const odd = rows.find((row) => row.length !== columns)
  if (odd)
    throw new DenseError(`${name}: Got a row of ${odd.length} numbers when expected ${columns}, as in the first.`)
  return { shape: [rows.length, columns], data }
}

function readMetadata(metadata: unknown): ImportOptions {
  const parsed = v.safeParse(metadataSchema, metadata, { abortEarly: true })
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.output).filter(([, value]) => value !== undefined)) as ImportOptions
  const issue = parsed.issues[0]
  throw new DenseError(
    `metadata.${v.getDotPath(issue) ?? ''}: Got ${issue.received} when expected ${issue.expected ?? issue.message}.`,
  )
}

function fromTensors(tensors: ReadonlyMap<string, Values>, options: ImportOptions): DenseNetwork {
  const { activation = 'tanh', output = 'sigmoid', omega = 1, range = [-0.5, 0.5], yUp = false } = options
  const stack = [...layersByName(tensors)]
  const layers = stack.map(([name, parts], n): DenseLayer => {
    const isLast = n === stack.length - 1
    const layer = toLayer(name, parts, isLast ? output : activation)
    if (!isLast) return scaled(layer, omega)
    // (tanh z + 1) / 2 is the logistic function of 2 z
    return output === 'tanh' ? { ...scaled(layer, 2), activation: 'sigmoid' } : layer
  })
  const first = layers[0] as DenseLayer
  const told = first.weights.length / first.bias.length
  if (told !== 2 && told !== 3)
    throw new DenseError(`${stack[0]?.[0]}: Got ${told} inputs when expected 2 (x, y) or 3 (x, y, r).`)
  const inputs: Input[] = told === 2 ? ['x', 'y'] : ['x', 'y', 'r']
  layers[0] = toOurPlaces(first, told, range, yUp)

  const answers = layers[layers.length - 1]?.bias.length as number
  const { color = answers <= 2 ? 'bw' : 'rgb' } = options
  const { name = '', description = '', license = '', attribution = '' } = options
  const alpha = answers === CHANNELS[color] + 1 ? 'straight' : 'none'
  // What is wrong with the whole is told by the format's own check.
  return decodeDense(encodeDense({ name, description, license, attribution, inputs, color, alpha, layers }))
}

/** Tensors of the same layer, in the order of the numbers in their names. */
function layersByName(tensors: ReadonlyMap<string, Values>): Map<string, Map<string, Values>> {
  const layers = new Map<string, Map<string, Values>>()
  for (const [name, values] of tensors) {
    const parts = /^(?:(.*)[./])?(weight|kernel|bias)(?::0)?$/.exec(name)
    if (!parts)
      throw new DenseError(
        `${name}: Got a tensor of that name when expected 0.weight and 0.bias, or dense/kernel and dense/bias, and so on.`,
      )
    const [, layer = '', part = ''] = parts
    layers.set(layer, (layers.get(layer) ?? new Map<string, Values>()).set(part, values))
  }
  if (layers.size === 0) throw new DenseError('file: Got no tensors when expected those of one layer at least.')
  return new Map([...layers].sort(([a], [b]) => compareNumbered(a, b)))
}

function compareNumbered(a: string, b: string): number {
  const numbers = (name: string) => [...name.matchAll(/\d+/g)].map(Number)
  const [left, right] = [numbers(a), numbers(b)]
  for (let n = 0; n < Math.max(left.length, right.length); n++) {
    const difference = (left[n] ?? -1) - (right[n] ?? -1)
    if (difference !== 0) return difference
  }
  return a < b ? -1 : 1
}

function toLayer(name: string, parts: ReadonlyMap<string, Values>, activation: Activation): DenseLayer {
  const matrix = parts.get('weight') ?? parts.get('kernel')
  if (!matrix) throw new DenseError(`${name}: Got a bias alone when expected a weight or kernel beside it.`)
  if (matrix.shape.length !== 2)
    throw new DenseError(`${name}: Got weights of shape [${matrix.shape.join(', ')}] when expected two dimensions.`)
  const isKernel = !parts.has('weight')
  const [outputs, inputs] = (isKernel ? [...matrix.shape].reverse() : matrix.shape) as [number, number]
  if (outputs < 1 || inputs < 1)
    throw new DenseError(`${name}: Got ${outputs} outputs of ${inputs} inputs when expected one of each at least.`)
  const weights = new Float32Array(outputs * inputs)
  for (let row = 0; row < outputs; row++)
    for (let column = 0; column < inputs; column++)
      weights[row * inputs + column] = matrix.data[isKernel ? column * outputs + row : row * inputs + column]
  const offsets = parts.get('bias')
  if (offsets && (offsets.shape.length !== 1 || offsets.shape[0] !== outputs))
    throw new DenseError(`${name}: Got a bias of shape [${offsets.shape.join(', ')}] when expected [${outputs}].`)
  return { weights, bias: offsets ? Float32Array.from(offsets.data) : new Float32Array(outputs), activation }
}

function scaled(layer: DenseLayer, factor: number): DenseLayer {
  const scale = (value: number) => value * factor
  return { ...layer, weights: layer.weights.map(scale), bias: layer.bias.map(scale) }
}

/** Trained on places from…to, the layer is told ours, −0.5…0.5: a scale of the weights, and a part of the bias. */
function toOurPlaces(
  { weights, bias, activation }: DenseLayer,
  told: number,
  [from, to]: readonly [number, number],
  yUp: boolean,
): DenseLayer {
  const scale = to - from
  const middle = (from + to) / 2
  if (!(scale > 0)) throw new DenseError(`range: Got ${from}, ${to} when expected the smaller number first.`)
  if (told === 3 && middle !== 0)
    throw new DenseError(`range: Got ${from}, ${to} when expected a range around 0, for r is measured from there.`)
  const signs = [1, yUp ? -1 : 1, 1]
  return {
    weights: weights.map((weight, k) => weight * scale * signs[k % told]),
    bias: bias.map((offset, row) => offset + middle * (weights[row * told] + weights[row * told + 1])),
    activation,
  }
}

function parse(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new DenseError(`${where}: Got text that is not JSON when expected a dense network's.`)
  }
}
