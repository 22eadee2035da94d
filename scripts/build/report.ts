import { type BuildFailure, formatMessagesSync } from 'esbuild'
import { BuildError } from './build-error.ts'

/** Describes an error of a build: its place and reason; with a stack only if it is a bug of the build. */
export function report(error: unknown): string {
  if (error instanceof BuildError) return error.message
  if (isBuildFailure(error)) return formatMessagesSync(error.errors, { kind: 'error' }).join('').trimEnd()
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as BuildFailure).errors)
}
