import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bench } from './bench.ts'
import { startupScripts } from './startup-scripts.ts'
import { medianRatio, summaries } from './timing.ts'

const ROUNDS = 9

const run = promisify(execFile)

const clock = `
const start = performance.now()
require(process.argv[2])
const time = performance.now() - start
if (!globalThis.firstMovement.every(Number.isFinite)) throw new Error('Expected a movement, got ' + globalThis.firstMovement)
console.log(time)
`

/** Measures the time from the start of the scripts to the first movement, each time in a new process. */
export const startup: Bench = {
  title: 'script start to first movement, weights decoded and packed',
  async run({ weights }) {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-startup-'))
    try {
      await writeFile(join(folder, 'clock.cjs'), clock)
      const scripts = Object.entries(await startupScripts(weights))
      for (const [name, script] of scripts) await writeFile(join(folder, `${name}.cjs`), script)
      const times: Record<string, number[]> = { longhand: [], numjs: [] }
      for (let round = 0; round < ROUNDS; round++)
        for (const name of Object.keys(times)) {
          const { stdout } = await run(process.execPath, [join(folder, 'clock.cjs'), join(folder, `${name}.cjs`)])
          times[name].push(Number(stdout))
        }
      return {
        timings: summaries(times),
        ratios: { 'numjs / longhand': medianRatio(times.numjs, times.longhand) },
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
