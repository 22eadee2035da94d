import { type Contents, parseJson, type Tensor } from './contents.ts'
import { DenseError } from './dense-file.ts'

/**
 * Reads JSON: tensors by their names, as lists of numbers or of rows of numbers; beside metadata or alone.
 * @throws DenseError where it is none, or has something else in it
 */
export function readLists(bytes: Uint8Array): Contents {
  const json = parseJson(bytes, 'file')
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new DenseError('file: Got no object when expected one that has tensors.')
  const { tensors = json, metadata = {} } = json as { tensors?: unknown; metadata?: unknown }
  if (typeof tensors !== 'object' || tensors === null)
    throw new DenseError('tensors: Got no object when expected tensors by their names.')
  return {
    tensors: new Map(
      Object.entries(tensors)
        .filter(([name]) => name !== 'metadata')
        .map(([name, value]) => [name, tensorFromLists(name, value)]),
    ),
    metadata,
  }
}

function tensorFromLists(name: string, value: unknown): Tensor {
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
