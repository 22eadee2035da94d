// Runs the benchmarks in an installed Chromium; see ../bench.ts.
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { root } from '../build/root.ts'
import { launchChromium } from '../chromium.ts'
import { serveFolder } from '../static-server.ts'
import type { Result } from './bench.ts'
import type { BenchPage } from './browser-page.ts'
import { browserStartup } from './browser-startup.ts'
import { forBrowser } from './for-browser.ts'
import { peerAssets, peerNames } from './peers.ts'
import { type Runnable, readWeights, runAll } from './run.ts'
import { overStarts } from './starts.ts'

/** Fills a folder with the page, its scripts, the weights, and the files that the engines fetch. */
async function buildPage(folder: string): Promise<void> {
  await build({
    ...forBrowser,
    entryPoints: ['scripts/bench/browser-page.ts', ...peerNames.map((name) => `scripts/bench/peers/${name}.ts`)],
    outdir: folder,
    entryNames: '[name]',
    format: 'esm',
    splitting: true,
  })
  for (const name of peerNames)
    await cp(peerAssets[name], join(folder, name), {
      recursive: true,
      filter: (file) => !/\.(js|ts|map)$/.test(file),
    })
  await copyFile(join(root, 'weights/handwriting.json'), join(folder, 'handwriting.json'))
  const page =
    '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="browser-page.js"></script>'
  await writeFile(join(folder, 'index.html'), page)
}

/** Opens the page and loads the weights and the engines in it. */
async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.evaluate(
    (opened) => (globalThis as unknown as { benchPage: BenchPage }).benchPage.open(opened),
    peerNames.map((name) => ({ script: `./${name}.js`, assets: `${name}/` })),
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

/** Measures the step in a new browser. */
async function timeStep(): Promise<Result> {
  const fresh = await launchChromium()
  try {
    return await runIn(await openPage(fresh, server.url), 'step')
  } finally {
    await fresh.close()
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
  await runAll(`Chromium ${browser.version()}`, benches)
} finally {
  await browser.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
