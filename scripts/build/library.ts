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

/** `longhand.js`: one file for a script tag; it sets the global `longhand`. */
export async function buildScript(out: string): Promise<void> {
  await build({
    ...shared,
    entryPoints: [await need(join(root, 'src/global.ts'), 'It sets the globals of the script-tag build.')],
    outfile: join(out, 'longhand.js'),
    format: 'iife',
    target: 'es2020',
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
