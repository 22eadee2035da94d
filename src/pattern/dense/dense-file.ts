import * as v from 'valibot'
import { base64FromBytes, bytesFromBase64 } from '../../math/base64.ts'
import type { Activation } from '../network/activation.ts'
import { type Layer, OPACITY, OUTPUTS, UNITS_A_KIND } from '../network/layers.ts'
import { INPUTS, type Input, SLOT_COUNT, SLOTS, slotsOf } from '../network/position.ts'
import { ALPHAS, CHANNELS, COLOR_MODELS, type ColorModel } from '../paint/color.ts'
import type { Pattern } from '../pattern.ts'

/** A trained stack of fully connected layers that knows the colour of every place: a picture that was learnt. */
export interface DenseNetwork {
  readonly name: string
  readonly description: string
  /** an SPDX identifier, as a rule */
  readonly license: string
  readonly attribution: string
  /** what the first layer is told, in the order of the slots in `position.ts`, measured from 0, 0 */
  readonly inputs: readonly Input[]
  readonly color: ColorModel
  /** 'none', unless the last layer has an output more than the colour model has channels */
  readonly alpha: Pattern['alpha']
  readonly layers: readonly DenseLayer[]
}

export interface DenseLayer {
  /** (outputs, inputs) row-major */
  readonly weights: Float32Array
  /** (outputs) */
  readonly bias: Float32Array
  readonly activation: Activation
}

/** What is wrong with a dense network's file, or with what one is imported from. */
export class DenseError extends Error {
  override name = 'DenseError'
}

export const DENSE_ACTIVATIONS = ['tanh', 'sine', 'softplus', 'relu', 'gaussian', 'sigmoid', 'linear'] as const
export const MOST_UNITS = 128
export const MOST_LAYERS = 33

const LARGEST_WEIGHT = 1e6

const text = v.optional(v.string(), '')
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_UNITS))
const fileSchema = v.object({
  format: v.literal('longhand-dense'),
  version: v.literal(1),
  name: text,
  description: text,
  license: text,
  attribution: text,
  inputs: v.pipe(v.array(v.picklist(INPUTS)), v.minLength(1), v.maxLength(INPUTS.length)),
  color: v.optional(v.picklist(COLOR_MODELS), 'rgb'),
  alpha: v.optional(v.picklist(ALPHAS), 'none'),
  layers: v.pipe(
    v.array(
      v.object({
        inputs: count,
        outputs: count,
        activation: v.picklist(DENSE_ACTIVATIONS),
        /** base64 of little-endian float32, (outputs, inputs) row-major */
        weights: v.string(),
        bias: v.string(),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_LAYERS),
  ),
})

/** A dense network's file, version 1, as JSON.parse and JSON.stringify know it. */
export type DenseFile = v.InferInput<typeof fileSchema>

/**
 * Reads a dense network's file, version 1.
 * @param json the parsed file; it may come from anywhere, and is checked in full
 * @throws DenseError naming the field, what was expected and what came
 */
export function decodeDense(json: unknown): DenseNetwork {
  const parsed = v.safeParse(fileSchema, json, { abortEarly: true })
  if (!parsed.success) {
    const issue = parsed.issues[0]
    const where = v.getDotPath(issue) ?? 'dense network'
    throw new DenseError(`${where}: Got ${issue.received} when expected ${issue.expected ?? issue.message}.`)
  }
  const { layers, format: _format, version: _version, ...others } = parsed.output
  const network: DenseNetwork = {
    ...others,
    layers: layers.map(({ inputs, outputs, activation, weights, bias }, n) => ({
      weights: decodeNumbers(`layers.${n}.weights`, weights, [outputs, inputs]),
      bias: decodeNumbers(`layers.${n}.bias`, bias, [outputs]),
      activation,
    })),
  }
  checkDense(network)
  return network
}

/** The file of a dense network, for JSON.stringify; `decodeDense` gives it back to the bit. */
export function encodeDense(network: DenseNetwork): DenseFile {
  checkDense(network)
  return {
    format: 'longhand-dense',
    version: 1,
    ...network,
    inputs: [...network.inputs],
    layers: network.layers.map(({ weights, bias, activation }) => ({
      inputs: weights.length / bias.length,
      outputs: bias.length,
      activation: activation as (typeof DENSE_ACTIVATIONS)[number],
      weights: encodeNumbers(weights),
      bias: encodeNumbers(bias),
    })),
  }
}

/** The picture of a dense network, for the same renderers as those of recipes. */
export function patternFromDense(
  { inputs, color, alpha, layers }: DenseNetwork,
  view: Pattern['view'] = { center: [0, 0], zoom: 1 },
): Pattern {
  const slots = slotsOf(inputs)
  const last = layers.length - 1
  const places = Array.from({ length: CHANNELS[color] }, (_, channel) => channel)
  if (alpha !== 'none') places.push(OPACITY)
  return {
    layers: layers.map(({ weights, bias, activation }, n): Layer => {
      const columns = weights.length / bias.length
      const rows = n === last ? places : Array.from(bias.keys())
      const outputs = n === last ? OUTPUTS : bias.length
      const inputCount = n === 0 ? SLOT_COUNT : columns
      const all = new Float32Array(outputs * inputCount)
      const offsets = new Float32Array(outputs)
      for (const [from, to] of rows.entries()) {
        offsets[to] = bias[from]
        for (let k = 0; k < columns; k++) all[to * inputCount + (n === 0 ? slots[k] : k)] = weights[from * columns + k]
      }
      return {
        inputs: inputCount,
        outputs,
        weights: all,
        bias: offsets,
        activations: Array(Math.ceil(outputs / UNITS_A_KIND)).fill(activation),
      }
    }),
    inputs,
    symmetry: { center: [0, 0], folds: 1 },
    color,
    hue: [0, 1],
    alpha,
    view,
  }
}

function checkDense({ inputs, color, alpha, layers }: DenseNetwork): void {
  const told = inputs.reduce((sum, input) => sum + SLOTS[input].length, 0)
  if (new Set(inputs).size !== inputs.length) throw new DenseError(`inputs: Got ${inputs} when expected each one once.`)
  if (inputs.some((input, n) => n > 0 && INPUTS.indexOf(input) < INPUTS.indexOf(inputs[n - 1])))
    throw new DenseError(`inputs: Got ${inputs} when expected them in the order ${INPUTS}.`)
  let before = told
  for (const [n, { weights, bias }] of layers.entries()) {
    const columns = weights.length / bias.length
    if (columns !== before)
      throw new DenseError(
        n === 0
          ? `layers.0: Got ${columns} inputs when expected ${told}, as many as ${inputs.join(', ')} have numbers.`
          : `layers.${n}: Got ${columns} inputs when expected ${before}, the outputs of the layer before.`,
      )
    if (bias.length > MOST_UNITS)
      throw new DenseError(`layers.${n}: Got ${bias.length} units when expected at most ${MOST_UNITS}.`)
    for (const values of [weights, bias]) {
      const wrong = values.find((value) => !(Math.abs(value) <= LARGEST_WEIGHT))
      if (wrong !== undefined)
        throw new DenseError(`layers.${n}: Got a weight of ${wrong} when expected at most ${LARGEST_WEIGHT} in size.`)
    }
    before = bias.length
  }
  const answers = CHANNELS[color] + (alpha === 'none' ? 0 : 1)
  if (before !== answers)
    throw new DenseError(
      `layers: Got ${before} outputs when expected ${answers}, for ${color}${alpha === 'none' ? '' : ' and opacity'}.`,
    )
  const activation = layers[layers.length - 1]?.activation
  const isBounded = activation === 'sigmoid' || activation === 'gaussian'
  if (!isBounded && color !== 'rgb' && color !== 'bw')
    throw new DenseError(`layers: Got ${activation} at the end when expected sigmoid, for ${color} takes 0…1 alone.`)
}

function decodeNumbers(where: string, data: string, shape: readonly number[]): Float32Array {
  const expected = shape.reduce((product, size) => product * size, 1)
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = bytesFromBase64(data)
  } catch {
    throw new DenseError(`${where}: Got data that is not base64 when expected float32 values as base64.`)
  }
  if (bytes.length !== 4 * expected)
    throw new DenseError(
      `${where}: Got ${bytes.length} bytes when expected ${shape.join(' × ')} float32 values in ${4 * expected} bytes.`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Float32Array.from({ length: expected }, (_, n) => view.getFloat32(4 * n, true))
}

function encodeNumbers(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (const [n, value] of values.entries()) view.setFloat32(4 * n, value, true)
  return base64FromBytes(new Uint8Array(view.buffer))
}
