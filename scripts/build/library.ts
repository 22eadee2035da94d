import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { need } from './build-error.ts'
import { bundle } from './bundle.ts'
import { root } from './root.ts'

/** Builds `index.js`: ES modules for npm, which import their dependencies. */
export async function buildModule(out: string, packages = new Set<string>()): Promise<void> {
  await bundle(
    {
      entryPoints: [await need(join(root, 'src/index.ts'), 'It re-exports the public API.')],
      outfile: join(out, 'index.js'),
      format: 'esm',
      target: 'es2022',
      packages: 'external',
      sourcemap: true,
    },
    packages,
  )
}

/** Builds the files for script tags, which set the global `longhand`: `longhand.js` writes, `longhand-pattern.js` paints. */
export async function buildScripts(out: string, packages = new Set<string>()): Promise<void> {
  const script = (from: string) => need(join(root, 'src', from), 'It sets the globals of a script-tag build.')
  await bundle(
    {
      entryPoints: [
        { in: await script('globals/handwriting.ts'), out: 'longhand' },
        { in: await script('globals/pattern.ts'), out: 'longhand-pattern' },
      ],
      outdir: out,
      format: 'iife',
      // An older target would turn private fields into WeakMaps, which are slower and larger.
      target: 'es2022',
      minify: true,
      legalComments: 'inline',
    },
    packages,
  )
}

/** Builds `cli.js`: the command line with all its dependencies, so that installing longhand installs only the library's. */
export async function buildCommand(out: string, packages = new Set<string>()): Promise<void> {
  const outfile = join(out, 'cli.js')
  await bundle(
    {
      entryPoints: [await need(join(root, 'scripts/cli.ts'), 'It is the command line.')],
      outfile,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // Bundled CommonJS calls `require` for Node's modules, which ES modules do not have.
      banner: {
        js: "#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
      },
      legalComments: 'inline',
    },
    packages,
  )
  await chmod(outfile, 0o755) // npm sets this only when it links the command, and each build writes a new file
}
