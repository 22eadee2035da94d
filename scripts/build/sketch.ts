import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { BuildError, exists, shortPath } from './build-error.ts'
import { type Header, readHeader } from './header.ts'
import { withPolicy } from './policy.ts'
import { root } from './root.ts'

/** A folder of sketches/ with a page in it. */
export interface Sketch extends Header {
  name: string
  folder: string
  /** `sketch.ts` or `sketch.js` */
  source: string
  /** Whether there is a `preview.png`. */
  preview: boolean
  /** Whether there is a `preview-motion.webp`; a sketch need not have one. */
  motion: boolean
}

// Servers call .ts a video, and a browser on a disk knows no encoding: the source is shown as text that says its own.
const byteOrderMark = '\uFEFF'

/** All sketches below a folder, in the order of their names. Folders without index.html are no sketches. */
export async function findSketches(folder: string, options: { previews: boolean }): Promise<Sketch[]> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory()).map((e) => e.name)
  const sketches: Sketch[] = []
  for (const name of names.sort()) {
    if (await exists(join(folder, name, 'index.html'))) sketches.push(await readSketch(folder, name, options))
  }
  return sketches
}

async function readSketch(folder: string, name: string, options: { previews: boolean }): Promise<Sketch> {
  const home = join(folder, name)
  const source = (await exists(join(home, 'sketch.ts'))) ? 'sketch.ts' : 'sketch.js'
  const file = join(home, source)
  if (!(await exists(file))) {
    throw new BuildError(`${shortPath(home)} has an index.html, but neither sketch.ts nor sketch.js. Add one of them.`)
  }
  const header = readHeader(await readFile(file, 'utf8'), file)
  const preview = await exists(join(home, 'preview.png'))
  if (options.previews && !preview) {
    throw new BuildError(`${shortPath(join(home, 'preview.png'))} is missing. Make it with: npm run previews`)
  }
  const motion = await exists(join(home, 'preview-motion.webp'))
  return { ...header, name, folder: home, source, preview, motion }
}

/** The sketch's page, its script, its source and its picture; what else is in its folder comes along. */
export async function buildSketch(sketch: Sketch, out: string): Promise<void> {
  await cp(sketch.folder, out, { recursive: true })
  await writeFile(join(out, 'source.txt'), byteOrderMark + (await readFile(join(sketch.folder, sketch.source), 'utf8')))
  const page = await readFile(join(sketch.folder, 'index.html'), 'utf8')
  await writeFile(join(out, 'index.html'), withPolicy(page, join(sketch.folder, 'index.html')))
  if (sketch.source === 'sketch.ts') await bundle(join(sketch.folder, 'sketch.ts'), join(out, 'sketch.js'), pageGlobals)
  // A worker has no page, and so none of its script tags: it brings what it needs of the library.
  const worker = join(sketch.folder, 'worker.ts')
  if (await exists(worker)) await bundle(worker, join(out, 'worker.js'), { longhand: join(root, 'src/index.ts') })
  // Scripts that the page loads on demand.
  for (const name of await readdir(sketch.folder))
    if (name.endsWith('.lazy.ts'))
      await bundle(join(sketch.folder, name), join(out, name.replace(/ts$/, 'js')), pageGlobals)
}

const globals = join(root, 'scripts/build/page-globals')
const pageGlobals = { p5: join(globals, 'p5.cjs'), longhand: join(globals, 'longhand.cjs') }

async function bundle(entry: string, outfile: string, alias: Record<string, string>): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    absWorkingDir: root,
    format: 'iife',
    target: 'es2022',
    sourcemap: true,
    logLevel: 'silent',
    alias,
  })
}
