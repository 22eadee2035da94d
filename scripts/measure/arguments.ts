import { join } from 'node:path'
import { root } from '../build/root.ts'
import { findSketches } from '../build/sketch.ts'

/** The pages that are asked for by their names, all where none is; an error for one that is not there. */
export async function namesOfPages(asked: readonly string[]): Promise<string[]> {
  const sketches = (await findSketches(join(root, 'sketches'), { previews: false })).map(({ name }) => name)
  const unknown = asked.find((name) => !sketches.includes(name))
  if (unknown) throw new Error(`Expected sketches among ${sketches.join(', ')}, got ${unknown}.`)
  return sketches.filter((name) => asked.length === 0 || asked.includes(name))
}

/** The number that a flag gives. */
export function positive(name: string, text: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new Error(`Expected --${name} to be a number above 0, got ${text}.`)
}
