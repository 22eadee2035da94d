import { DenseError } from './dense-network.ts'

/** The contents of another framework's file. */
export interface Contents {
  readonly tensors: ReadonlyMap<string, ImportedTensor>
  /** as found in the file, unchecked */
  readonly metadata: unknown
}

export interface ImportedTensor {
  readonly shape: readonly number[]
  /** row-major */
  readonly data: ArrayLike<number>
}

/** Parses UTF-8 JSON. @param where names it in errors @throws DenseError */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new DenseError(`${where}: Expected JSON, got other bytes.`)
  }
}
