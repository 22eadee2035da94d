// npm run build: builds everything in dist/. `-- --without-previews` accepts sketches without previews.
import { parseArgs } from 'node:util'
import { buildAll } from './build/all.ts'
import { report } from './build/report.ts'

const { values } = parseArgs({ options: { 'without-previews': { type: 'boolean', default: false } } })
const start = performance.now()
try {
  await buildAll({ previews: !values['without-previews'] })
  console.log(`Built dist/ in ${((performance.now() - start) / 1000).toFixed(1)} s.`)
} catch (error) {
  console.error(report(error))
  process.exitCode = 1
}
