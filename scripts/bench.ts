// npm run bench: how fast longhand is, and how much faster than the same with an array library and with other engines.
// `-- --json` for programs, `-- NAME …` for some only.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Bench, Result } from './bench/bench.ts'
import { error } from './bench/error.ts'
import { fan } from './bench/fan.ts'
import { loading } from './bench/loading.ts'
import { native } from './bench/native.ts'
import { pattern } from './bench/pattern.ts'
import { patternDrag } from './bench/pattern-drag.ts'
import { howToInstallPeers, openPeers } from './bench/peers.ts'
import { readWeights, runAll } from './bench/run.ts'
import { size } from './bench/size.ts'
import { overStarts } from './bench/starts.ts'
import { startup } from './bench/startup.ts'
import { step } from './bench/step.ts'

/** The step in a Node of its own. */
function timeStep(): Promise<Result> {
  return new Promise((resolve, reject) => {
    const start = fork(join(import.meta.dirname, 'bench/step-start.ts'))
    start.once('message', (result: Result) => resolve(result))
    start.once('exit', (code) => reject(new Error(`The step's program ended with ${code} before it was timed.`)))
  })
}

const benches: Record<string, Bench> = {
  step: { title: step.title, run: () => overStarts(timeStep) },
  native,
  fan,
  error,
  startup,
  loading,
  size,
  pattern,
  drag: patternDrag,
}

const { text, weights } = await readWeights()
const peers = await openPeers(weights)
const runnable = Object.entries(benches).map(([name, { title, run }]) => [
  name,
  { title, run: () => run({ text, weights, peers }) },
])
await runAll(`Node ${process.version}`, Object.fromEntries(runnable), peers.length > 0 ? '' : howToInstallPeers)
