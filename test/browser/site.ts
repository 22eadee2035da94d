import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { type StaticServer, serveFolder } from '../../scripts/static-server.ts'

export interface SiteChanges {
  /** the package that p5 is taken from: p5 2, as it is, or p5-v1 */
  p5?: 'p5' | 'p5-v1'
  /** texts to write, by their path in the site */
  files?: Record<string, string>
  /** what is not there */
  without?: string[]
}

/** The built site, copied and changed, for the tests of one file: served, and on a disk. */
export function useSite({ p5 = 'p5', files = {}, without = [] }: SiteChanges) {
  let folder: string
  let server: StaticServer
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'longhand-site-'))
    await cp(join(dist, 'sketches'), folder, { recursive: true })
    await copyFile(join(root, 'node_modules', p5, 'lib/p5.min.js'), join(folder, 'lib/p5.min.js'))
    for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text)
    for (const path of without) await rm(join(folder, path))
    server = await serveFolder(folder)
  })
  afterAll(async () => {
    await server?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })
  return {
    /** The address of a path in the site, over http. */
    url: (path: string) => new URL(path, server.url).href,
    /** The same on the disk. */
    fileUrl: (path: string) => {
      const [, file, rest] = /^([^?#]*)(.*)$/.exec(path) as unknown as [string, string, string]
      return pathToFileURL(join(folder, file)).href + rest
    },
  }
}
