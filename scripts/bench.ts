// npm run bench: measures the speed of longhand beside an array library, naive loops, C and other engines in Node.
// npm run bench:browser: does the same in an installed Chromium.
// `-- NAME …` runs only those benchmarks; `-- --json` prints JSON.
import { howToInstall, isInstalled } from './bench/peers.ts'

const [runtime] = process.argv.splice(2, 1)
if (isInstalled()) await import(runtime === 'browser' ? './bench/browser.ts' : './bench/node.ts')
else {
  console.error(howToInstall)
  process.exitCode = 1
}
