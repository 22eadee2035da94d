// npm run bench: how fast longhand is, and how much faster than the same with an array library and with other engines.
// `-- --json` for programs, `-- NAME …` for some only.
import type { Bench } from './bench/bench.ts'
import { error } from './bench/error.ts'
import { fan } from './bench/fan.ts'
import { loading } from './bench/loading.ts'
import { native } from './bench/native.ts'
import { pattern } from './bench/pattern.ts'
import { patternDrag } from './bench/pattern-drag.ts'
import { howToInstallPeers, openPeers } from './bench/peers.ts'
import { readWeights, runAll } from './bench/run.ts'
import { size } from './bench/size.ts'
import { startup } from './bench/startup.ts'
import { step } from './bench/step.ts'

const benches: Record<string, Bench> = { step, native, fan, error, startup, loading, size, pattern, drag: patternDrag }

const { text, weights } = await readWeights()
const peers = await openPeers(weights)
const runnable = Object.entries(benches).map(([name, { title, run }]) => [
  name,
  { title, run: () => run({ text, weights, peers }) },
])
await runAll(`Node ${process.version}`, Object.fromEntries(runnable), peers.length > 0 ? '' : howToInstallPeers)
