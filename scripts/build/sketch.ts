import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { BuildError, exists, shortPath } from './build-error.ts'
import { bundle } from './bundle.ts'
import { type Header, readHeader } from './header.ts'
import { withPolicy } from './policy.ts'
import { root } from './root.ts'

/** A folder of sketches/ that contains a page. */
export interface Sketch extends Header {
  name: string
  folder: string
  /** `sketch.ts` or `sketch.js` */
  source: string
  /** whether there is a `preview.png` */
  preview: boolean
  /** whether there is a `preview-motion.webp`, which is optional */
  motion: boolean
}

// Servers send .ts as a video, and a page on a disk has no encoding: the source is a .txt that states its own.
const byteOrderMark = '\uFEFF'

/** Finds the sketches in a folder, sorted by name: its folders with an index.html. */
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
    throw new BuildError(`Expected sketch.ts or sketch.js beside ${shortPath(home)}/index.html, got neither. Add one.`)
  }
  const header = readHeader(await readFile(file, 'utf8'), file)
  const preview = await exists(join(home, 'preview.png'))
  if (options.previews && !preview) {
    throw new BuildError(
      `Expected ${shortPath(join(home, 'preview.png'))}, got no such file. Make it with: npm run previews`,
    )
  }
  const motion = await exists(join(home, 'preview-motion.webp'))
  return { ...header, name, folder: home, source, preview, motion }
}

/** Builds a sketch's page, scripts and source; copies the other files of its folder, except hidden ones. */
export async function buildSketch(sketch: Sketch, out: string, packages = new Set<string>()): Promise<void> {
  await cp(sketch.folder, out, { recursive: true, filter: (file) => !basename(file).startsWith('.') })
  await writeFile(join(out, 'source.txt'), byteOrderMark + (await readFile(join(sketch.folder, sketch.source), 'utf8')))
  const page = await readFile(join(sketch.folder, 'index.html'), 'utf8')
  await writeFile(join(out, 'index.html'), withPolicy(page, join(sketch.folder, 'index.html')))

  const script = (name: string, alias: Record<string, string>) =>
    bundle(
      {
        entryPoints: [join(sketch.folder, name)],
        outfile: join(out, name.replace(/ts$/, 'js')),
        format: 'iife',
        target: 'es2022',
        sourcemap: true,
        alias,
      },
      packages,
    )
  if (sketch.source === 'sketch.ts') await script('sketch.ts', pageGlobals)
  // A worker has no page with script tags, so it bundles what it uses of the library.
  if (await exists(join(sketch.folder, 'worker.ts')))
    await script('worker.ts', { longhand: join(root, 'src/index.ts') })
  // Scripts that the page loads on demand.
  for (const name of await readdir(sketch.folder)) if (name.endsWith('.lazy.ts')) await script(name, pageGlobals)
}

const globals = join(root, 'scripts/build/page-globals')
const pageGlobals = { p5: join(globals, 'p5.cjs'), longhand: join(globals, 'longhand.cjs') }
