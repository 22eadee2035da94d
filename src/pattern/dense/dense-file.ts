import * as v from 'valibot'
import { base64FromBytes, bytesFromBase64 } from '../../math/base64.ts'
import { bytesFromFloat32, float32FromBytes } from '../../math/little-endian.ts'
import { once } from '../../math/once.ts'
import { describeIssue } from '../../weights/schema-error.ts'
import { INPUTS } from '../network/position.ts'
import { ALPHAS, COLOR_MODELS } from '../paint/color.ts'
import { checkDense, DENSE_ACTIVATIONS, DenseError, type DenseNetwork, MAX_LAYERS, MAX_UNITS } from './dense-network.ts'

const fileSchema = once(() => {
  const text = v.optional(v.string(), '')
  const count = v.pipe(v.number(), v.integer('an integer'), v.minValue(1), v.maxValue(MAX_UNITS))
  return v.object({
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
      v.maxLength(MAX_LAYERS),
    ),
  })
})

/** A dense network's file, version 1, as parsed JSON. */
export type DenseFile = v.InferInput<ReturnType<typeof fileSchema>>

/**
 * Reads a dense network's file, version 1.
 * @param json parsed JSON from anywhere; it is checked in full
 * @throws DenseError naming the field, what was expected and what came
 */
export function decodeDense(json: unknown): DenseNetwork {
  const parsed = v.safeParse(fileSchema(), json, { abortEarly: true })
  if (!parsed.success) throw new DenseError(describeIssue(parsed.issues[0], 'dense network'))
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

/**
 * Writes a dense network as its file, for JSON.stringify; `decodeDense` restores it to the bit.
 * @throws DenseError if its layers do not fit together
 */
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
      activation,
      weights: base64FromBytes(bytesFromFloat32(weights)),
      bias: base64FromBytes(bytesFromFloat32(bias)),
    })),
  }
}

function decodeNumbers(where: string, data: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1)
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = bytesFromBase64(data)
  } catch {
    throw new DenseError(`${where}: Expected float32 values in base64, got other text.`)
  }
  if (bytes.length !== 4 * count)
    throw new DenseError(
      `${where}: Expected ${shape.join(' × ')} float32 values in ${4 * count} bytes, got ${bytes.length} bytes.`,
    )
  return float32FromBytes(bytes)
}
