import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The file name that means standard output. */
export const STDOUT = '-'

/** The content to write: a text, or chunks of bytes. */
export type Content = string | AsyncIterable<Uint8Array>

/**
 * Writes a file atomically: writes a temporary file beside it, then renames that, so that the old file stays if anything
 * fails and nobody reads an incomplete one.
 */
export async function output(file: string, content: Content): Promise<void> {
  if (file === STDOUT) {
    for await (const piece of typeof content === 'string' ? [content] : content)
      if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
    return
  }
  try {
    await replace(await realpath(file).catch(() => file), content) // a link stays, and its target is replaced
  } catch (error) {
    throw Object.assign(error as Error, { path: file })
  }
}

async function replace(target: string, content: Content): Promise<void> {
  const known = await stat(target).catch(() => undefined)
  if (known && !known.isFile()) return writeFile(target, content) // pipes and devices cannot be replaced
  const next = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(next, content, { flag: 'wx', ...(known && { mode: known.mode }) })
    await rename(next, target)
  } finally {
    await rm(next, { force: true })
  }
}
