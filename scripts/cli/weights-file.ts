import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { DenseError, RecipeError } from '../../src/api/pattern.ts'
import { decodeWeights, type Weights, WeightsError } from '../../src/index.ts'
import { Failure } from './failure.ts'

export interface WeightsFile {
  path: string
  bytes: number
  weights: Weights
}

/** Reads a weights file, version 1. */
export async function readWeights(file: string | URL): Promise<WeightsFile> {
  const path = file instanceof URL ? fileURLToPath(file) : file
  const { json, bytes } = await readJson(path)
  // The tutorial's file is an array, and no other is.
  if (Array.isArray(json))
    throw new Failure(`${path} looks like the 2016 tutorial's file. First: longhand import-weights ${path} NEW.json`)
  return { path, bytes, weights: naming(path, () => decodeWeights(json)) }
}

/** A whole file. */
export async function readBytes(path: string): Promise<Buffer> {
  return readFile(path).catch((error) => {
    throw Object.assign(error, { path }) // a folder's error does not name it
  })
}

export async function readJson(path: string): Promise<{ json: unknown; bytes: number }> {
  const file = await readBytes(path)
  try {
    return { json: JSON.parse(file.toString()), bytes: file.length }
  } catch (error) {
    throw new Failure(`${path} is no JSON: ${(error as Error).message}`)
  }
}

/** What `decode` gives; what it finds wrong is told with the file's name. */
export function naming<T>(path: string, decode: () => T): T {
  try {
    return decode()
  } catch (error) {
    const isFault = [WeightsError, RecipeError, DenseError].some((Kind) => error instanceof Kind)
    throw isFault ? new Failure(`${path}: ${(error as Error).message}`) : error
  }
}
