import { readFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeWeights, type Weights } from '../../src/index.ts'
import { root } from '../build/root.ts'
import type { Result } from './bench.ts'
import { reportText } from './report.ts'

/** A benchmark bound to its runtime. */
export interface Runnable {
  title: string
  run(): Result | Promise<Result>
}

/** Reads the weights to measure. */
export async function readWeights(): Promise<{ text: string; weights: Weights }> {
  const text = await readFile(join(root, 'weights/handwriting.json'), 'utf8')
  return { text, weights: decodeWeights(JSON.parse(text)) }
}

/**
 * Runs benchmarks in sequence and prints each as a table, or all as JSON with `--json`. Names on the command line select
 * benchmarks. Also prints the load average, because figures from a busy machine are not comparable.
 */
export async function runAll(runtime: string, benches: Record<string, Runnable>): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const unknown = positionals.find((name) => !(name in benches))
  if (unknown) throw new RangeError(`Expected one of ${Object.keys(benches).join(', ')}, got ${unknown}.`)
  const machine = { runtime, cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, load: loadavg()[0] }
  if (!values.json) {
    console.log(`${runtime} on ${machine.cpu}, ${machine.cores} cores, load average ${machine.load.toFixed(1)}`)
  }
  const results: Record<string, Result & { title: string }> = {}
  for (const [name, { title, run }] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    results[name] = { title, ...(await run()) }
    if (!values.json) console.log(`\n${reportText(title, results[name])}`)
  }
  if (values.json) console.log(JSON.stringify({ ...machine, results }, null, 2))
}
