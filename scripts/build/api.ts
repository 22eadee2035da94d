import { execFile } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BuildError, exists } from './build-error.ts'
import { root } from './root.ts'

const run = promisify(execFile)

/** Builds the API reference from the comments in src/ and docs/REFERENCE.md, in its own process: typedoc never yields. */
export async function buildApi(out: string, signal?: AbortSignal): Promise<void> {
  const script = join(root, 'scripts/build/api/typedoc.ts')
  try {
    await run(process.execPath, ['--import', 'tsx', script, out], { cwd: root, ...(signal && { signal }) })
  } catch (error) {
    const { stderr, stdout } = error as { stderr?: string; stdout?: string }
    throw new BuildError(`The API reference does not build:\n${stderr || stdout || error}`)
  }
}

/** Copies the reference of an earlier build of the site, since building it takes seconds. */
export async function keepApi(site: string, next: string): Promise<void> {
  const api = join(site, 'api')
  if (await exists(api)) await cp(api, join(next, 'api'), { recursive: true })
}
