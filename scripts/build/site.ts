import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { need } from './build-error.ts'
import { buildGallery } from './gallery.ts'
import { buildScripts } from './library.ts'
import { root } from './root.ts'
import { buildSketch, findSketches } from './sketch.ts'
import { together } from './together.ts'
import { buildWeights } from './weights.ts'

export interface SiteOptions {
  /** Whether a sketch without picture is an error. */
  previews: boolean
}

const packageFolder = (name: string) => join(root, 'node_modules', name)
const fonts = ['latin-opsz-normal', 'latin-opsz-italic', 'latin-ext-opsz-normal', 'latin-ext-opsz-italic']

/** The static site: gallery and sketches. It works from any path, without a network, and from a disk. */
export async function buildSite(out: string, options: SiteOptions): Promise<void> {
  const from = join(root, 'sketches')
  const lib = join(out, 'lib')
  await need(from, 'It holds the sketches.')
  const sketches = await findSketches(from, options)
  await mkdir(join(out, 'fonts'), { recursive: true })
  await mkdir(lib, { recursive: true })
  await together([
    buildGallery(join(from, 'index.html'), sketches, join(out, 'index.html')),
    ...['style.css', 'icon.svg'].map(async (name) =>
      copyFile(await need(join(from, name), 'Every page uses it.'), join(out, name)),
    ),
    copyFonts(join(out, 'fonts')),
    copyFile(join(packageFolder('p5'), 'lib/p5.min.js'), join(lib, 'p5.min.js')),
    copyFile(join(packageFolder('mediabunny'), 'LICENSE'), join(lib, 'mediabunny-license.txt')),
    buildScripts(lib),
    buildWeights(join(lib, 'handwriting.js')),
    buildWeights(join(lib, 'wild.js'), 'wild'),
    buildErrorReport(join(lib, 'report-errors.js')),
    ...sketches.map((sketch) => buildSketch(sketch, join(out, sketch.name))),
  ])
}

/** Builds the script that shows errors of global-mode sketches on their page. */
async function buildErrorReport(outfile: string): Promise<void> {
  const entry = join(root, 'sketches/frame/report-errors.ts')
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  })
}

async function copyFonts(out: string): Promise<void> {
  const from = packageFolder('@fontsource-variable/literata')
  await Promise.all([
    ...fonts.map((font) => copyFile(join(from, `files/literata-${font}.woff2`), join(out, `literata-${font}.woff2`))),
    copyFile(join(from, 'LICENSE'), join(out, 'literata-license.txt')),
  ])
}
