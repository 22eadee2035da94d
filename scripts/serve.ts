// npm start: builds the site, serves it, and rebuilds and reloads it after every change.
// For a classroom: npm start -- --host 0.0.0.0 --port 8000
import { join } from 'node:path'
import { Command } from 'commander'
import { report } from './build/report.ts'
import { root } from './build/root.ts'
import { buildSite } from './build/site.ts'
import { swap } from './build/swap.ts'
import { exitCodeOf } from './cli/failure.ts'
import { integer } from './cli/values.ts'
import { addresses, LARGEST_PORT, ListenError, listen } from './serve/listen.ts'
import { pageServer } from './serve/pages.ts'
import { Reload } from './serve/reload.ts'
import { watchFolders } from './serve/watch.ts'

const site = join(root, 'dist/sketches')
const reload = new Reload()
let running: Promise<void> | undefined
let again = false

async function build(): Promise<void> {
  const start = performance.now()
  try {
    // A new sketch has no preview yet, but should be shown.
    await swap(site, (out) => buildSite(out, { previews: false }))
    console.log(`Built in ${Math.round(performance.now() - start)} ms.`)
    reload.publish({ built: Date.now() })
  } catch (error) {
    console.error(report(error))
    reload.publish({ failed: report(error) })
  }
}

/** Runs one build at a time; changes during a build start another after it. */
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

async function start({ host, port: firstPort }: { host: string; port: number }): Promise<void> {
  const server = pageServer(site, reload)
  const port = await listen(server, firstPort, host)
  const stopWatching = await watchFolders(root, ['src', 'sketches', 'weights'], {
    onChange: rebuild,
    onError: ({ message }) => console.error(`Changes may go unnoticed: ${message}`),
  })
  await rebuild()
  console.log(`\n  longhand is at  ${addresses(host, port).join('\n                  ')}\n\n  Press Ctrl-C to stop.\n`)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopWatching()
      reload.close()
      server.close()
      server.closeAllConnections()
    })
  }
}

const program = new Command('npm start --')
  .option('--host <name>', 'who can open it: localhost, or 0.0.0.0 for everyone in the network', 'localhost')
  .option('--port <number>', 'the port; the next free one if it is taken', integer(1, LARGEST_PORT), 8000)
  .exitOverride((error) => process.exit(exitCodeOf(error)))
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'npm start: ')) })
  .parse()
try {
  await start(program.opts())
} catch (error) {
  if (!(error instanceof ListenError)) throw error
  console.error(`npm start: ${error.message}`)
  process.exitCode = 1
}
