import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Weights } from '../../src/index.ts'
import type { Result } from './bench.ts'
import { startup } from './startup.ts'
import { startupScripts } from './startup-scripts.ts'
import { medianRatio, summaries } from './timing.ts'

const ROUNDS = 9

/** Like `startup`, each time in a new page; the scripts are loaded first, so only compiling and running them is measured. */
export const browserStartup = {
  title: startup.title,
  async run(browser: Browser, served: { folder: string; url: string }, weights: Weights): Promise<Result> {
    for (const [name, script] of Object.entries(await startupScripts(weights)))
      await writeFile(join(served.folder, `startup-${name}.js`), script)
    await writeFile(join(served.folder, 'startup.html'), '<!doctype html><meta charset="utf-8"><title>startup</title>')
    const times: Record<string, number[]> = { longhand: [], numjs: [] }
    for (let round = 0; round < ROUNDS; round++)
      for (const name of Object.keys(times)) {
        const page = await browser.newPage()
        await page.goto(`${served.url}startup.html`)
        times[name].push(await page.evaluate(timeScript, `startup-${name}.js`))
        await page.close()
      }
    return { timings: summaries(times), ratios: { 'numjs / longhand': medianRatio(times.numjs, times.longhand) } }
  },
}

/** Runs in the page. */
async function timeScript(address: string): Promise<number> {
  const script = document.createElement('script')
  script.textContent = await (await fetch(address)).text()
  const start = performance.now()
  document.head.append(script) // runs synchronously
  const time = performance.now() - start
  const { firstMovement } = globalThis as { firstMovement?: number[] }
  if (!firstMovement?.every(Number.isFinite))
    throw new Error(`Expected a movement from ${address}, got ${firstMovement}.`)
  return time
}
