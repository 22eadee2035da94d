import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Weights } from '../../src/index.ts'
import { buildScripts } from '../build/library.ts'
import { root } from '../build/root.ts'
import { buildWeights } from '../build/weights.ts'
import { forBrowser } from './for-browser.ts'
import { toTutorialFile } from './tutorial-file.ts'

// The first lines of a sketch written for the tutorial.
const firstMovement = `
  let state = Model.update([0, 0, 1], Model.random_state())
  globalThis.firstMovement = Model.sample(Model.get_pdf(state), 0.65)
`

/** Builds one script per contender with everything that runs up to the first movement, weights included. */
export async function startupScripts(weights: Weights): Promise<Record<'longhand' | 'numjs', string>> {
  const folder = await mkdtemp(join(tmpdir(), 'longhand-startup-'))
  try {
    await Promise.all([
      buildScripts(folder),
      buildWeights(join(folder, 'weights.js')),
      build({
        ...forBrowser,
        entryPoints: [join(root, 'scripts/bench/startup-2016.ts')],
        outfile: join(folder, '2016.js'),
        format: 'iife',
      }),
    ])
    const text = (name: string) => readFile(join(folder, name), 'utf8')
    return {
      longhand: `${await text('weights.js')}${await text('longhand.js')}{${firstMovement}}`,
      numjs: `globalThis.tutorialWeights = ${JSON.stringify(toTutorialFile(weights))}\n${await text('2016.js')}`,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
