import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The name that stands for standard output. */
export const STDOUT = '-'

/** What is written: a text, or bytes piece by piece as they come. */
export type Content = string | AsyncIterable<Uint8Array>

/**
 * Writes a whole file or none: a new one is written beside it and takes its place, so that whatever goes wrong the old
 * one stands and nobody reads half of one.
 */
export async function output(file: string, content: Content): Promise<void> {
  if (file === STDOUT) {
    for await (const piece of typeof content === 'string' ? [content] : content)
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    return
  }
  try {
    await replace(await realpath(file).catch(() => file), content) // a link stays a link
  } catch (error) {
    throw Object.assign(error as Error, { path: file })
  }
}

async function replace(target: string, content: Content): Promise<void> {
  const known = await stat(target).catch(() => undefined)
  if (known && !known.isFile()) return writeFile(target, content) // a pipe or a device cannot be replaced
  const next = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(next, content, { flag: 'wx', ...(known && { mode: known.mode }) })
    await rename(next, target)
  } finally {
    await rm(next, { force: true })
  }
}
