import { join } from 'node:path'
import { buildApi } from './api.ts'
import { buildCommand, buildModule, buildScripts } from './library.ts'
import { LICENSES, writeLicenses } from './licenses.ts'
import { root } from './root.ts'
import { buildSite, type SiteOptions } from './site.ts'
import { swap } from './swap.ts'
import { together } from './together.ts'
import { buildTypes } from './types.ts'
import { buildWeights } from './weights.ts'

export const dist = join(root, 'dist')

/** Builds everything in dist/: the package for npm and the site. */
export async function buildAll(options: SiteOptions): Promise<void> {
  await swap(dist, async (out) => {
    const packages = new Set<string>()
    await together([
      buildModule(out),
      buildScripts(out, packages),
      buildTypes(out),
      buildWeights(join(out, 'weights/handwriting.js')),
      buildWeights(join(out, 'weights/scribe.js'), 'scribe'),
      buildSite(join(out, 'sketches'), options),
      buildApi(join(out, 'sketches/api')),
      buildCommand(out, packages),
    ])
    await writeLicenses(join(out, LICENSES), packages)
  })
}
