// npm start: builds the site, serves it, and rebuilds and reloads it on every change.
// For a classroom: npm start -- --host 0.0.0.0 --port 8000
import { join } from 'node:path'
import { Command } from 'commander'
import { report } from './build/report.ts'
import { root } from './build/root.ts'
import { buildSite } from './build/site.ts'
import { swap } from './build/swap.ts'
import { exitCodeOf } from './cli/failure.ts'
import { integer } from './cli/values.ts'
import { addresses, LARGEST_PORT, listen } from './serve/listen.ts'
import { pageServer } from './serve/pages.ts'
import { Reload } from './serve/reload.ts'
import { watchFolders } from './serve/watch.ts'

const { host, port: wanted } = options()
const site = join(root, 'dist/sketches')
const reload = new Reload()
let running: Promise<void> | undefined
let again = false

async function build(): Promise<void> {
  const start = performance.now()
  try {
    // a new sketch has no picture yet, and should be seen all the same
    await swap(site, (out) => buildSite(out, { previews: false }))
    console.log(`Built in ${Math.round(performance.now() - start)} ms.`)
    reload.tell({ built: Date.now() })
  } catch (error) {
    console.error(report(error))
    reload.tell({ broken: report(error) })
  }
}

/** One build at a time; what changes meanwhile is built right after. */
async function rebuild(): Promise<void> {
  if (running) {
    again = true
    return
  }
  do {
    again = false
    running = build()
    await running
  } while (again)
  running = undefined
}

await rebuild()
const server = pageServer(site, reload)
const port = await listen(server, wanted, host)
const stopWatching = watchFolders(
  ['src', 'sketches', 'weights', 'scripts/build'].map((folder) => join(root, folder)),
  rebuild,
)
console.log(`\n  longhand is at  ${addresses(host, port).join('\n                  ')}\n\n  Ctrl-C ends it.\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopWatching()
    reload.close()
    server.close()
    server.closeAllConnections()
  })
}

function options(): { host: string; port: number } {
  return new Command('npm start --')
    .option('--host <name>', 'who may see it: localhost, or 0.0.0.0 for everybody in the network', 'localhost')
    .option('--port <number>', 'where it is', integer(1, LARGEST_PORT), 8000)
    .exitOverride((error) => process.exit(exitCodeOf(error)))
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'npm start: ')) })
    .parse()
    .opts()
}
