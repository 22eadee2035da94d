import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Fills a new folder beside `target` and puts it in its place once all went well.
 * A failed build leaves the last good one standing, and no reader meets half a folder.
 */
export async function swap(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const next = `${target}.next-${process.pid}`
  const old = `${target}.old-${process.pid}`
  try {
    await rm(next, { recursive: true, force: true })
    await mkdir(next, { recursive: true })
    await fill(next)
    await mkdir(dirname(target), { recursive: true })
    await rm(old, { recursive: true, force: true }) // what a build that was killed may have left
    await rename(target, old).catch(ignoreMissing)
    try {
      await rename(next, target)
    } catch (error) {
      await rename(old, target).catch(ignoreMissing)
      throw error
    }
    await rm(old, { recursive: true, force: true }) // only now: it was the last good one until there was another
  } finally {
    await rm(next, { recursive: true, force: true })
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
