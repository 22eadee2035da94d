// npm run bench: how fast longhand is, and how much faster than the same with an array library. `-- --json` for programs.
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { decodeWeights } from '../src/index.ts'
import { loading } from './bench/loading.ts'
import { pattern } from './bench/pattern.ts'
import { reportText } from './bench/report.ts'
import { step } from './bench/step.ts'
import { root } from './build/root.ts'

const benches = { step, loading, pattern }

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const text = await readFile(join(root, 'weights/handwriting.json'), 'utf8')
const weights = decodeWeights(JSON.parse(text))
const { units, mixtures } = weights
const where = { node: process.version, cpu: cpus()[0]?.model.trim() ?? 'unknown', units, mixtures }

if (!values.json) console.log(`Node ${where.node} on ${where.cpu}; ${units} units, ${mixtures} mixtures`)
const results = Object.entries(benches).map(([name, bench]) => {
  const result = bench.run({ text, weights })
  if (!values.json) console.log(`\n${reportText(bench.title, result)}`)
  return [name, { title: bench.title, ...result }]
})
if (values.json) console.log(JSON.stringify({ ...where, results: Object.fromEntries(results) }, null, 2))
