import { join } from 'node:path'
import { build } from 'esbuild'
import { exists, need } from './build-error.ts'
import { root } from './root.ts'

const shared = { bundle: true, absWorkingDir: root, logLevel: 'silent' } as const

/** `index.js`: ES modules for npm; what it depends on stays an import. */
export async function buildModule(out: string): Promise<void> {
  await build({
    ...shared,
    entryPoints: [await need(join(root, 'src/index.ts'), 'It re-exports the public API.')],
    outfile: join(out, 'index.js'),
    format: 'esm',
    target: 'es2022',
    packages: 'external',
    sourcemap: true,
  })
}

/**
 * Files for script tags, which set the global `longhand`: `longhand.js` with all that writes, and `longhand-pattern.js`
 * with what paints.
 */
export async function buildScripts(out: string): Promise<void> {
  const script = (from: string) => need(join(root, 'src', from), 'It sets the globals of a script-tag build.')
  await build({
    ...shared,
    entryPoints: [
      { in: await script('globals/handwriting.ts'), out: 'longhand' },
      { in: await script('globals/pattern.ts'), out: 'longhand-pattern' },
    ],
    outdir: out,
    format: 'iife',
    // private fields as they are, as in p5 itself: written for older browsers they are WeakMaps, slower and larger
    target: 'es2022',
    minify: true,
    legalComments: 'inline',
  })
}

/** `cli.js`: the command line with all it needs, so that installing longhand installs no more than the library. */
export async function buildCommand(out: string): Promise<void> {
  const entry = join(root, 'scripts/cli.ts')
  if (!(await exists(entry))) return
  await build({
    ...shared,
    entryPoints: [entry],
    outfile: join(out, 'cli.js'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // bundled CommonJS asks for Node's own modules through require, which a module does not have
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)",
    },
    legalComments: 'inline',
  })
}
