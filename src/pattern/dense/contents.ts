import { DenseError } from './dense-file.ts'

/** What a file of somebody else's network holds. */
export interface Contents {
  readonly tensors: ReadonlyMap<string, Tensor>
  /** what the file says of itself, as it came */
  readonly metadata: unknown
}

export interface Tensor {
  readonly shape: readonly number[]
  /** row-major */
  readonly data: ArrayLike<number>
}

/** @param where what the text is, for the error */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new DenseError(`${where}: Got bytes that are not JSON when expected a dense network's.`)
  }
}
