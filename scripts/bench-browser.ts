// npm run bench:browser: as npm run bench, in an installed Chromium. `-- --json` for programs, `-- NAME …` for some only.
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import type { Result } from './bench/bench.ts'
import type { BenchPage } from './bench/browser-page.ts'
import { browserStartup } from './bench/browser-startup.ts'
import { forBrowser } from './bench/for-browser.ts'
import { howToInstallPeers, installedPeers, peerFiles, peersFolder } from './bench/peers.ts'
import { type Runnable, readWeights, runAll } from './bench/run.ts'
import { overStarts } from './bench/starts.ts'
import { root } from './build/root.ts'
import { launchChromium } from './chromium.ts'
import { serveFolder } from './static-server.ts'

const peers = installedPeers()

/** Fills a folder with the page, its scripts, the weights, and what the installed libraries fetch. */
async function buildPage(folder: string): Promise<void> {
  await build({
    ...forBrowser,
    entryPoints: ['scripts/bench/browser-page.ts', ...peers.map((name) => `scripts/bench/peers/${name}.ts`)],
    outdir: folder,
    entryNames: '[name]',
    format: 'esm',
    splitting: true,
  })
  for (const name of peers)
    await cp(join(peersFolder, peerFiles[name].assets), join(folder, name), {
      recursive: true,
      filter: (file) => !/\.(js|ts|map)$/.test(file),
    })
  await copyFile(join(root, 'weights/handwriting.json'), join(folder, 'handwriting.json'))
  const page =
    '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="browser-page.js"></script>'
  await writeFile(join(folder, 'index.html'), page)
}

/** The page, ready to run. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.evaluate(
    (opened) => (globalThis as unknown as { benchPage: BenchPage }).benchPage.open(opened),
    peers.map((name) => ({ script: `./${name}.js`, assets: `${name}/` })),
  )
  return page
}

function runIn(page: Page, name: string): Promise<Result> {
  return page.evaluate((chosen) => (globalThis as unknown as { benchPage: BenchPage }).benchPage.run(chosen), name)
}

const { weights } = await readWeights()
const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'))
await buildPage(folder)
const server = await serveFolder(folder)
const browser = await launchChromium()

/** The step in a browser of its own. */
async function timeStep(): Promise<Result> {
  const own = await launchChromium()
  try {
    return await runIn(await openPage(own, server.url), 'step')
  } finally {
    await own.close()
  }
}

try {
  const page = await openPage(browser, server.url)
  const titles = await page.evaluate(() => (globalThis as unknown as { benchPage: BenchPage }).benchPage.titles)
  const inPage = Object.entries(titles).map(([name, title]) => [name, { title, run: () => runIn(page, name) }])
  const benches: Record<string, Runnable> = {
    ...Object.fromEntries(inPage),
    step: { title: titles.step, run: () => overStarts(timeStep) },
    startup: {
      title: browserStartup.title,
      run: () => browserStartup.run(browser, { folder, url: server.url }, weights),
    },
  }
  await runAll(`Chromium ${browser.version()}`, benches, peers.length > 0 ? '' : howToInstallPeers)
} finally {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
