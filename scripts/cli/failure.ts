import type { CommanderError } from 'commander'

export const EXIT = { done: 0, failed: 1, usage: 2 }

/** Commander ends for help that was asked for, too. */
export function exitCodeOf(error: CommanderError): number {
  return error.exitCode === 0 ? EXIT.done : EXIT.usage
}

/** What a person can mend: its message says all there is to say. */
export class Failure extends Error {
  override name = 'Failure'
}

const SYSTEM: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

/** Why it failed, in one line. */
export function reason(error: unknown): string {
  const { code, path, message = String(error) } = error as Partial<NodeJS.ErrnoException>
  const known = code && SYSTEM[code]
  return (known ? `${path ?? 'output'}: ${known}.` : message).replaceAll('\n', ' ')
}
