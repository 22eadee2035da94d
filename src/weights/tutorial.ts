import * as v from 'valibot'
import { bytesFromBase64 } from '../math/base64.ts'
import { once } from '../math/once.ts'
import { columnsOf, dequantize, type Float32Tensor, type Int8Tensor, sizeOf } from '../math/tensor.ts'
import { type TensorName, tensorShapes, type Weights } from './file.ts'
import { VERSION_1_METRICS } from './metrics.ts'
import { WeightsError } from './weights-error.ts'

// The value of byte 254 in each tensor; byte 127 is zero.
const LARGEST = { headWeights: 1.5, headBias: 2.5, inputWeights: 2.0, recurrentWeights: 0.8, bias: 1.5 }
const FORGET_BIAS = 1

const fileSchema = once(() => {
  const row = v.string('a string of base64')
  const rows = v.array(row, 'an array of rows')
  return v.strictTuple([rows, row, rows, rows, row], "the tutorial's five tensors")
})
const ORDER = ['headWeights', 'headBias', 'inputWeights', 'recurrentWeights', 'bias']

/**
 * Imports the weights file of the 2016 handwriting tutorial (hardmaru/rnn-tutorial): five unnamed tensors. A matrix is an
 * array of rows; a row is base64 with one byte per value, value = (byte − 127) / 127 × the largest value of the tensor. The
 * forget bias, which that model adds at run time, is folded into the bias.
 * @throws WeightsError naming the tensor, what was expected, and what was found
 */
export function importTutorialWeights(json: unknown): Weights {
  const parsed = v.safeParse(fileSchema(), json, { abortEarly: true })
  if (!parsed.success) throw structureError(parsed.issues[0])
  const [headRows, headBiasRow, inputRows, recurrentRows, biasRow] = parsed.output

  // The biases determine the sizes; all other tensors must agree.
  const units = decodeRow('bias', biasRow).length / 4
  const mixtures = (decodeRow('headBias', headBiasRow).length - 1) / 6
  if (!Number.isInteger(units) || units < 1 || !Number.isInteger(mixtures) || mixtures < 1)
    throw new WeightsError(`bias, headBias: Expected 4H and 6M + 1 values, got ${units * 4} and ${mixtures * 6 + 1}.`)

  const shapes = tensorShapes(units, mixtures)
  const tensors = {
    inputWeights: decodeRows('inputWeights', inputRows, shapes.inputWeights),
    recurrentWeights: decodeRows('recurrentWeights', recurrentRows, shapes.recurrentWeights),
    bias: asFloat32(decodeRows('bias', [biasRow], shapes.bias)),
    headWeights: decodeRows('headWeights', headRows, shapes.headWeights),
    headBias: asFloat32(decodeRows('headBias', [headBiasRow], shapes.headBias)),
  }
  for (let j = 2 * units; j < 3 * units; j++) tensors.bias.data[j] += FORGET_BIAS
  return {
    name: 'handwriting (2016)',
    description: `LSTM, ${units} units, ${mixtures} mixtures. The handwriting model of the 2016 tutorial.`,
    license: 'MIT',
    attribution: 'hardmaru/rnn-tutorial, trained on IAM-OnDB',
    units,
    mixtures,
    metrics: VERSION_1_METRICS,
    tensors,
  }
}

function decodeRows(name: TensorName, texts: string[], shape: number[]): Int8Tensor {
  const columns = columnsOf(shape)
  const rowCount = sizeOf(shape) / columns
  if (texts.length !== rowCount) throw new WeightsError(`${name}: Expected ${rowCount} rows, got ${texts.length}.`)
  const data = new Int8Array(rowCount * columns)
  texts.forEach((text, n) => {
    const values = decodeRow(name, text)
    if (values.length !== columns)
      throw new WeightsError(`${name}: Expected rows of ${columns} values, got one of ${values.length}.`)
    data.set(values, n * columns)
  })
  return { dtype: 'int8', shape, scale: new Float64Array(columns).fill(LARGEST[name] / 127), data }
}

/** Decodes one row in units of largest / 127, −127…127. */
function decodeRow(name: TensorName, text: string): Int8Array {
  let bytes: Uint8Array
  try {
    bytes = bytesFromBase64(text)
  } catch {
    throw new WeightsError(`${name}: Expected one byte per value as base64, got text that is not base64.`)
  }
  if (bytes.includes(255)) throw new WeightsError(`${name}: Expected bytes from 0 to 254, got byte 255.`)
  return Int8Array.from(bytes, (byte) => byte - 127)
}

function structureError({ path, received, message }: v.BaseIssue<unknown>): WeightsError {
  const where = ORDER[Number(path?.[0]?.key)] ?? 'tutorial weights'
  return new WeightsError(`${where}: Expected ${message}, got ${received}. The order is [${ORDER.join(', ')}].`)
}

function asFloat32(tensor: Int8Tensor): Float32Tensor {
  return { dtype: 'float32', shape: tensor.shape, data: dequantize(tensor) }
}
