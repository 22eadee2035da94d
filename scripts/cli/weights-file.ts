import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DenseError, RecipeError } from '../../src/api/pattern.ts'
import { decodeTextWeights, decodeWeights, type TextWeights, type Weights, WeightsError } from '../../src/index.ts'
import { parseWeightsFile } from '../../src/weights/read-file.ts'
import { Failure } from './failure.ts'

export interface WeightsFile<Kind = Weights> {
  path: string
  bytes: number
  weights: Kind
}

/** Reads a weights file for free writing, version 1 or 2. */
export function readWeights(file: string | URL): Promise<WeightsFile> {
  return readAs(file, decodeWeights)
}

/** Reads the weights file of a text network. */
export function readTextWeights(file: string | URL): Promise<WeightsFile<TextWeights>> {
  return readAs(file, decodeTextWeights)
}

/** Reads a weights file of either network. */
export function readAnyWeights(file: string | URL): Promise<WeightsFile<Weights | TextWeights>> {
  return readAs(file, (json) => (isTextNetwork(json) ? decodeTextWeights(json) : decodeWeights(json)))
}

async function readAs<Kind>(file: string | URL, decode: (json: unknown) => Kind): Promise<WeightsFile<Kind>> {
  const path = file instanceof URL ? fileURLToPath(file) : file
  const { json, bytes } = await readWeightsJson(path)
  // Only the tutorial's file is an array.
  if (Array.isArray(json))
    throw new Failure(
      `${path} looks like the 2016 tutorial's file. Convert it first: longhand import-weights ${path} NEW.json`,
    )
  return { path, bytes, weights: naming(path, () => decode(json)) }
}

function isTextNetwork(json: unknown): boolean {
  return (json as { architecture?: { type?: unknown } } | null)?.architecture?.type === 'lstm-window-mdn'
}

/** Reads a weights file, JSON or a script, without checking what is in it. */
export async function readWeightsJson(path: string): Promise<{ json: unknown; bytes: number }> {
  const file = await readBytes(path)
  return { json: naming(path, () => parseWeightsFile(file.toString())), bytes: file.length }
}

export async function readJson(path: string): Promise<{ json: unknown; bytes: number }> {
  const file = await readBytes(path)
  try {
    return { json: JSON.parse(file.toString()), bytes: file.length }
  } catch (error) {
    throw new Failure(`${path} is not JSON: ${(error as Error).message}`)
  }
}

export async function readBytes(path: string): Promise<Buffer> {
  return readFile(path).catch((error) => {
    throw Object.assign(error, { path }) // the error for a folder does not name it
  })
}

/** Returns what `decode` returns. Adds the file's name to the errors of wrong files. */
export function naming<T>(path: string, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    const isWrongFile = [WeightsError, RecipeError, DenseError].some((Kind) => error instanceof Kind)
    throw isWrongFile ? new Failure(`${path}: ${(error as Error).message}`) : error
  }
}
