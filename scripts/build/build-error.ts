import { access } from 'node:fs/promises'
import { relative } from 'node:path'
import { root } from './root.ts'

/** A mistake in the project's files. Its message says where it is and what to do, so it is shown without a stack. */
export class BuildError extends Error {
  override name = 'BuildError'
}

/** Shortens a path for messages: relative to the project's folder, if it is inside. */
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

/** Returns a path, or throws a BuildError with the advice if there is no such file. */
export async function need(path: string, advice: string): Promise<string> {
  if (!(await exists(path))) throw new BuildError(`Expected ${shortPath(path)}, got no such file. ${advice}`)
  return path
}
