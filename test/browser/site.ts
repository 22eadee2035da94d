import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { type StaticServer, serveFolder } from '../../scripts/static-server.ts'

export interface SiteChanges {
  /** the package of p5: p5 2 by default, or p5-v1 */
  p5?: 'p5' | 'p5-v1'
  /** texts to write, by path in the site */
  files?: Record<string, string>
  /** files to remove */
  without?: string[]
}

/** Copies the built site and changes it, for the tests of one file: served over http, and on a disk. */
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
    /** Returns the http address of a path in the site. */
    url: (path: string) => new URL(path, server.url).href,
    /** Returns its file address. */
    fileUrl: (path: string) => {
      const [, file, rest] = /^([^?#]*)(.*)$/.exec(path) as unknown as [string, string, string]
      return pathToFileURL(join(folder, file)).href + rest
    },
  }
}
