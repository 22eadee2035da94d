// npm run measure -- pages …, soak …, or ink …: see measure-pages.ts, measure-soak.ts and measure-ink.ts.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const [what] = process.argv.splice(2, 1)
const script = join(import.meta.dirname, `measure-${what}.ts`)
if (!/^\w+$/.test(what ?? '') || !existsSync(script)) {
  console.error(`Expected pages, soak, or ink, got ${what ?? 'nothing'}.`)
  process.exitCode = 1
} else {
  await import(script)
}
