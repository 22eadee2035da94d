// Runs the benchmarks in Node; see ../bench.ts.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Bench, Result } from './bench.ts'
import { error } from './error.ts'
import { fan } from './fan.ts'
import { loading } from './loading.ts'
import { native } from './native.ts'
import { pattern } from './pattern.ts'
import { patternDrag } from './pattern-drag.ts'
import { openPeers } from './peers.ts'
import { readWeights, runAll } from './run.ts'
import { size } from './size.ts'
import { overStarts } from './starts.ts'
import { startup } from './startup.ts'
import { step } from './step.ts'

/** Measures the step in a new process. */
function timeStep(): Promise<Result> {
  return new Promise((resolve, reject) => {
    const start = fork(join(import.meta.dirname, 'step-start.ts'))
    start.once('message', (result: Result) => resolve(result))
    start.once('exit', (code) => reject(new Error(`Expected a result from step-start.ts, got exit code ${code}.`)))
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
await runAll(`Node ${process.version}`, Object.fromEntries(runnable))
