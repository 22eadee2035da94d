import * as v from 'valibot'
import { once } from '../../math/once.ts'
import { describeIssue } from '../../weights/schema-error.ts'
import { type Contents, type ImportedTensor, parseJson } from './contents.ts'
import { DenseError } from './dense-network.ts'

const MAX_HEADER_BYTES = 1 << 20

const headerSchema = once(() =>
  v.record(
    v.string(),
    v.object({
      dtype: v.string(),
      shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
      data_offsets: v.tuple([v.pipe(v.number(), v.integer()), v.pipe(v.number(), v.integer())]),
    }),
  ),
)

/**
 * Reads a safetensors file: the length of the header (uint64), the header (JSON: type, shape and offsets of each tensor),
 * and the values; all little-endian.
 * @param bytes at least eight
 * @throws DenseError if the file is broken or contains other values than float32
 */
export function readSafetensors(bytes: Uint8Array): Contents {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true)
  if (view.getUint32(4, true) !== 0 || length > MAX_HEADER_BYTES || length > bytes.length - 8)
    throw new DenseError(
      `file: Expected a safetensors file, got ${bytes.length} bytes with a header that does not fit.`,
    )
  const json = parseJson(bytes.subarray(8, 8 + length), 'header')
  if (typeof json !== 'object' || json === null)
    throw new DenseError(`header: Expected an object, got ${JSON.stringify(json)}.`)
  const { __metadata__: metadata = {}, ...entries } = json as Record<string, unknown>
  const parsed = v.safeParse(headerSchema(), entries, { abortEarly: true })
  if (!parsed.success) throw new DenseError(describeIssue(parsed.issues[0], 'header'))
  const data = 8 + length
  const tensors = new Map<string, ImportedTensor>()
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(parsed.output)) {
    const [from, to] = offsets
    if (dtype !== 'F32') throw new DenseError(`${name}: Expected F32 (float32) values, got ${dtype}.`)
    const size = shape.reduce((product, size) => product * size, 1)
    if (from < 0 || to - from !== 4 * size || data + to > bytes.length)
      throw new DenseError(
        `${name}: Expected ${shape.join(' × ')} values in ${4 * size} bytes, got bytes ${from}…${to} of ${bytes.length - data}.`,
      )
    const values = Float32Array.from({ length: size }, (_, n) => view.getFloat32(data + from + 4 * n, true))
    tensors.set(name, { shape, data: values })
  }
  return { tensors, metadata }
}
