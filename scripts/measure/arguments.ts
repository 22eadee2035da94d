import { join } from 'node:path'
import { root } from '../build/root.ts'
import { findSketches } from '../build/sketch.ts'

/** The pages that are asked for by their names, all where none is; an error for one that is not there. */
export async function namesOfPages(asked: readonly string[]): Promise<string[]> {
  const sketches = (await findSketches(join(root, 'sketches'), { previews: false })).map(({ name }) => name)
  const unknown = asked.find((name) => !sketches.includes(name))
  if (unknown) throw new Error(`Got ${unknown} when expected some of ${sketches.join(', ')}.`)
  return sketches.filter((name) => asked.length === 0 || asked.includes(name))
}

/** The number that a flag gives. */
export function positive(name: string, text: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new Error(`Got --${name} ${text} when expected a number above 0.`)
}
