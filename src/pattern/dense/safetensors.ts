import * as v from 'valibot'
import { type Contents, parseJson, type Tensor } from './contents.ts'
import { DenseError } from './dense-file.ts'

const LARGEST_HEADER = 1 << 20

const headerSchema = v.record(
  v.string(),
  v.object({
    dtype: v.string(),
    shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
    data_offsets: v.tuple([v.pipe(v.number(), v.integer()), v.pipe(v.number(), v.integer())]),
  }),
)

/**
 * Reads a safetensors file: the header's length (uint64), the header (JSON: every tensor's type, shape and place), the values; all
 * little-endian.
 * @param bytes eight at least
 * @throws DenseError where it is none, or has other values than float32
 */
export function readSafetensors(bytes: Uint8Array): Contents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true)
  if (view.getUint32(4, true) !== 0 || length > LARGEST_HEADER || length > bytes.length - 8)
    throw new DenseError(`file: Got ${bytes.length} bytes whose header does not fit when expected a safetensors file.`)
  const json = parseJson(bytes.subarray(8, 8 + length), 'header')
  if (typeof json !== 'object' || json === null) throw new DenseError('header: Got no object when expected one.')
  const { __metadata__: metadata = {}, ...entries } = json as Record<string, unknown>
  const parsed = v.safeParse(headerSchema, entries, { abortEarly: true })
  if (!parsed.success) {
    const issue = parsed.issues[0]
    throw new DenseError(`${v.getDotPath(issue) ?? 'header'}: Got ${issue.received} when expected ${issue.expected}.`)
  }
  const data = 8 + length
  const tensors = new Map<string, Tensor>()
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
