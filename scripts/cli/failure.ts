import type { CommanderError } from 'commander'

export const EXIT = { done: 0, failed: 1, usage: 2 }

/** Maps an error of commander, which also throws after printing help, to an exit code. */
export function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.done : EXIT.usage
}

/** A failure that the user can fix; the message is shown without a stack. */
export class Failure extends Error {
  override name = 'Failure'
}

const SYSTEM: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

/** Returns the reason of an error in one line. */
export function reason(error: unknown): string {
  const { code, path, message = String(error) } = error as Partial<NodeJS.ErrnoException>
  const known = code && SYSTEM[code]
  return (known ? `${path ?? 'output'}: ${known}.` : message).replaceAll('\n', ' ')
}
