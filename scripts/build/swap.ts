import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Fills a new folder beside `target`, then replaces `target` with it. If filling fails, the old folder stays, and nobody
 * reads an incomplete one.
 */
export async function swap(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const next = `${target}.next-${process.pid}`
  const old = `${target}.old-${process.pid}`
  try {
    await rm(next, { recursive: true, force: true })
    await mkdir(next, { recursive: true })
    await fill(next)
    await mkdir(dirname(target), { recursive: true })
    await rm(old, { recursive: true, force: true }) // left by a build that was killed
    await rename(target, old).catch(ignoreMissing)
    try {
      await rename(next, target)
    } catch (error) {
      await rename(old, target).catch(ignoreMissing)
      throw error
    }
    await rm(old, { recursive: true, force: true }) // not earlier: it is the fallback
  } finally {
    await rm(next, { recursive: true, force: true })
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
