import * as v from 'valibot'
import { bytesFromBase64 } from './base64.ts'
import { logitCount } from './mixture.ts'
import { dequantize, type Float32Tensor, type Int8Tensor } from './tensor.ts'
import { INPUTS, tensorShapes, type TensorName, type Weights, WeightsError } from './weights.ts'

/** The tensors in the order in which that file holds them, and the value that its byte 254 stands for in each. */
const PARTS: readonly (readonly [TensorName, number])[] = [
  ['headWeights', 1.5],
  ['headBias', 2.5],
  ['inputWeights', 2.0],
  ['recurrentWeights', 0.8],
  ['bias', 1.5],
]
const FORGET_BIAS = 1

const row = v.string()
const rows = v.pipe(v.array(row), v.nonEmpty())
const fileSchema = v.strictTuple([rows, row, rows, rows, row])

/**
 * Reads the weights file of the 2016 handwriting tutorial (hardmaru/rnn-tutorial): five tensors without names, a matrix
 * as an array of rows, each row the base64 of one byte a value, value = (byte − 127) / 127 × the tensor's largest.
 * The forget bias, which that model adds as it runs, is folded in.
 * @throws WeightsError naming the tensor, what was expected and what came
 */
export function importTutorialWeights(json: unknown): Weights {
  const parsed = v.safeParse(fileSchema, json, { abortEarly: true })
  if (!parsed.success)
    throw new WeightsError(
      "tutorial weights: Got another structure when expected the tutorial's five tensors, rows of base64: " +
        '[headWeights, headBias, inputWeights, recurrentWeights, bias].',
    )
  const byName = new Map(PARTS.map(([name], n) => [name, [parsed.output[n] ?? []].flat()]))
  const bytes = (name: TensorName) => (byName.get(name) as string[]).map((text) => decodeRow(name, text))

  // The sizes are those of the biases; every other tensor has to agree.
  const units = bytes('bias').flat().length / 4
  const mixtures = (bytes('headBias').flat().length - 1) / 6
  if (!Number.isInteger(units) || units < 1 || !Number.isInteger(mixtures) || mixtures < 1)
    throw new WeightsError(
      `bias, headBias: Got ${units * 4} and ${mixtures * 6 + 1} values when expected 4 H and 6 M + 1.`,
    )

  const shapes = tensorShapes(units, mixtures)
  const matrix = (name: TensorName): Int8Tensor => {
    const [rowCount, columns] = shapes[name].length > 1 ? shapes[name] : [1, ...shapes[name]]
    const data = bytes(name)
    if (data.length !== rowCount)
      throw new WeightsError(`${name}: Got ${data.length} rows when expected ${rowCount}.`)
    const short = data.find((values) => values.length !== columns)
    if (short) throw new WeightsError(`${name}: Got a row of ${short.length} values when expected ${columns}.`)
    const largest = PARTS.find(([part]) => part === name)?.[1] as number
    const scale = new Float64Array(columns as number).fill(largest / 127)
    return { dtype: 'int8', shape: shapes[name], scale, data: Int8Array.from(data.flat()) }
  }
  const vector = (name: TensorName): Float32Tensor => ({
    dtype: 'float32',
    shape: shapes[name],
    data: dequantize(matrix(name)),
  })

  const bias = vector('bias')
  for (let j = 2 * units; j < 3 * units; j++) bias.data[j] = (bias.data[j] as number) + FORGET_BIAS
  return {
    name: 'handwriting (2016)',
    description: `LSTM, ${units} units, ${mixtures} mixtures. The handwriting model of the 2016 tutorial.`,
    license: 'MIT',
    attribution: 'hardmaru/rnn-tutorial, trained on IAM-OnDB',
    units,
    mixtures,
    tensors: {
      inputWeights: matrix('inputWeights'),
      recurrentWeights: matrix('recurrentWeights'),
      bias,
      headWeights: matrix('headWeights'),
      headBias: vector('headBias'),
    },
  }
}

/** One row's values in units of largest / 127, −127…127. */
function decodeRow(name: TensorName, text: string): number[] {
  let bytes: Uint8Array
  try {
    bytes = bytesFromBase64(text)
  } catch {
    throw new WeightsError(`${name}: Got a row that is not base64 when expected one byte a value as base64.`)
  }
  const values = Array.from(bytes, (byte) => byte - 127)
  if (values.some((value) => value > 127))
    throw new WeightsError(`${name}: Got byte 255 when expected bytes from 0 to 254.`)
  return values
}
