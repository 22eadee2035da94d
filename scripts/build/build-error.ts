import { access } from 'node:fs/promises'
import { relative } from 'node:path'
import { root } from './root.ts'

/** A mistake a person can mend: its message says where it is and what to do, so no stack is shown with it. */
export class BuildError extends Error {
  override name = 'BuildError'
}

/** Paths in messages are short, as one would type them in the project's folder. */
export function shortPath(path: string): string {
  const short = relative(root, path)
  return short.startsWith('..') ? path : short
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

export async function need(path: string, advice: string): Promise<string> {
  if (!(await exists(path))) throw new BuildError(`${shortPath(path)} is missing. ${advice}`)
  return path
}
