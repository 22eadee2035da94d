// npm start: builds the site, serves it, and rebuilds and reloads it after every change.
// For a classroom: npm start -- --host 0.0.0.0 --port 8000
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { buildApi, keepApi } from './build/api.ts'
import { exists } from './build/build-error.ts'
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
    await swap(site, async (out) => {
      await buildSite(out, { previews: false })
      await keepApi(site, out)
    })
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

/** Builds the API reference if there is none, in the background. npm run build updates it. */
async function addApi(signal: AbortSignal): Promise<void> {
  const api = join(site, 'api')
  if (await exists(api)) return
  try {
    await buildApi(`${site}-api`, signal)
    await running
    await rename(`${site}-api`, api)
  } catch (error) {
    if (!signal.aborted) console.error(report(error))
  }
}

async function start({ host, port: firstPort }: { host: string; port: number }): Promise<void> {
  const server = pageServer(site, reload)
  const port = await listen(server, firstPort, host)
  const stopWatching = await watchFolders(root, ['src', 'sketches', 'weights'], {
    onChange: rebuild,
    onError: ({ message }) => console.error(`Changes may go unnoticed: ${message}`),
  })
  await rebuild()
  const stopping = new AbortController()
  void addApi(stopping.signal)
  console.log(`\n  longhand is at  ${addresses(host, port).join('\n                  ')}\n\n  Press Ctrl-C to stop.\n`)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort()
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
