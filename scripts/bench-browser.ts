// npm run bench:browser: as npm run bench, in an installed Chromium. `-- --json` for programs, `-- NAME …` for some only.
import { copyFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { BenchPage } from './bench/browser-page.ts'
import { browserStartup } from './bench/browser-startup.ts'
import { forBrowser } from './bench/for-browser.ts'
import { howToInstallPeers, installedPeers, peerFiles, peersFolder } from './bench/peers.ts'
import { type Runnable, readWeights, runAll } from './bench/run.ts'
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

const { weights } = await readWeights()
const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'))
await buildPage(folder)
const server = await serveFolder(folder)
const browser = await launchChromium()
try {
  const page = await browser.newPage()
  await page.goto(server.url)
  const titles = await page.evaluate(
    async (opened) => {
      const { benchPage } = globalThis as unknown as { benchPage: BenchPage }
      await benchPage.open(opened)
      return benchPage.titles
    },
    peers.map((name) => ({ script: `./${name}.js`, assets: `${name}/` })),
  )
  const inPage = Object.entries(titles).map(([name, title]) => [
    name,
    {
      title,
      run: () =>
        page.evaluate((chosen) => (globalThis as unknown as { benchPage: BenchPage }).benchPage.run(chosen), name),
    },
  ])
  const benches: Record<string, Runnable> = {
    ...Object.fromEntries(inPage),
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
