import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BuildError, need, shortPath } from './build-error.ts'
import { root } from './root.ts'

/** The networks for free writing: `handwriting` writes best by itself, `wild` follows a visitor best; and `scribe`, the text network. */
export type WeightsName = 'handwriting' | 'wild' | 'scribe'

// A page may load the text network beside a network for free writing.
const GLOBALS = { handwriting: 'longhandWeights', wild: 'longhandWeights', scribe: 'longhandScribeWeights' }

/** Builds weights as a script, because a page opened from a disk cannot fetch JSON. */
export async function buildWeights(outfile: string, name: WeightsName = 'handwriting'): Promise<void> {
  const source = await need(join(root, `weights/${name}.json`), 'It holds trained weights.')
  const json = minified(await readFile(source, 'utf8'), source)
  await mkdir(dirname(outfile), { recursive: true })
  await writeFile(outfile, `globalThis.${GLOBALS[name]} = ${json}\n`)
}

function minified(text: string, source: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch (error) {
    throw new BuildError(`${shortPath(source)} is not JSON: ${(error as Error).message}`)
  }
}
