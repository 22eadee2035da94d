import { join } from 'node:path'
import { root } from '../build/root.ts'
import { findSketches } from '../build/sketch.ts'

/** Returns the sketches with the given names, or all of them for none. Throws for an unknown name. */
export async function namesOfPages(asked: readonly string[]): Promise<string[]> {
  const sketches = (await findSketches(join(root, 'sketches'), { previews: false })).map(({ name }) => name)
  const unknown = asked.find((name) => !sketches.includes(name))
  if (unknown) throw new Error(`Expected names of sketches (${sketches.join(', ')}), got ${unknown}.`)
  return sketches.filter((name) => asked.length === 0 || asked.includes(name))
}

/** Parses the value of a flag as a positive number. */
export function positive(name: string, text: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new Error(`Expected a number above 0 for --${name}, got ${text}.`)
}
