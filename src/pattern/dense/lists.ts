import { type Contents, type ImportedTensor, parseJson } from './contents.ts'
import { DenseError } from './dense-network.ts'

/**
 * Reads JSON: `{tensors, metadata}`, or tensors alone. Tensors are by name, as lists of numbers or of rows of numbers.
 * @throws DenseError if it is not JSON, or contains anything else
 */
export function readLists(bytes: Uint8Array): Contents {
  const json = parseJson(bytes, 'file')
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new DenseError(`file: Expected an object with tensors, got ${describeJson(json)}.`)
  const { tensors = json, metadata = {} } = json as { tensors?: unknown; metadata?: unknown }
  if (typeof tensors !== 'object' || tensors === null)
    throw new DenseError(`tensors: Expected an object with tensors by name, got ${describeJson(tensors)}.`)
  return {
    tensors: new Map(
      Object.entries(tensors)
        .filter(([name]) => name !== 'metadata')
        .map(([name, value]) => [name, tensorFromLists(name, value)]),
    ),
    metadata,
  }
}

function tensorFromLists(name: string, value: unknown): ImportedTensor {
  const rows = Array.isArray(value) && value.every(Array.isArray) ? (value as unknown[][]) : undefined
  const data = rows ? rows.flat() : value
  if (!Array.isArray(data) || !data.every((entry) => typeof entry === 'number'))
    throw new DenseError(
      `${name}: Expected a list of numbers or of rows of numbers, got ${Array.isArray(value) ? 'other values' : describeJson(value)}.`,
    )
  if (!rows) return { shape: [data.length], data }
  const columns = rows[0]?.length ?? 0
  const odd = rows.find((row) => row.length !== columns)
  if (odd) throw new DenseError(`${name}: Expected rows of ${columns} numbers, as the first, got one of ${odd.length}.`)
  return { shape: [rows.length, columns], data }
}

function describeJson(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value)
}
