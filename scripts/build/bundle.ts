import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { root } from './root.ts'

/** Bundles with esbuild, and adds the folders of the packages that the bundles contain to `packages`. */
export async function bundle(options: BuildOptions, packages: Set<string>): Promise<void> {
  const { metafile } = await build({
    bundle: true,
    absWorkingDir: root,
    logLevel: 'silent',
    ...options,
    metafile: true,
  })
  for (const output of Object.values(metafile.outputs))
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input) ?? []
      if (folder && bytesInOutput > 0) packages.add(join(root, folder))
    }
}
