import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildError } from './build-error.ts'
import { root } from './root.ts'

const run = promisify(execFile)
const tsc = join(root, 'node_modules/@typescript/native/bin/tsc')

/** Builds `index.d.ts` and one declaration file per source file. */
export async function buildTypes(out: string): Promise<void> {
  try {
    await run(process.execPath, [tsc, '-p', join(root, 'scripts/build/tsconfig.types.json'), '--outDir', out])
  } catch (error) {
    throw new BuildError(`Expected types without errors, got:\n${(error as { stdout?: string }).stdout || error}`)
  }
  const files = await readdir(out, { recursive: true })
  await Promise.all(files.filter((file) => file.endsWith('.d.ts')).map((file) => pointToJs(join(out, file))))
}

// The sources import './random.ts', but the package contains random.d.ts, which './random.js' resolves to.
async function pointToJs(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/(['"])(\.{1,2}\/[^'"\n]+)\.ts\1/g, '$1$2.js$1'))
}
