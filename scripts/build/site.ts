import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { need } from './build-error.ts'
import { bundle } from './bundle.ts'
import { buildGallery } from './gallery.ts'
import { buildScripts } from './library.ts'
import { LICENSES, writeLicenses } from './licenses.ts'
import { root } from './root.ts'
import { buildSketch, findSketches } from './sketch.ts'
import { together } from './together.ts'
import { buildWeights } from './weights.ts'

export interface SiteOptions {
  /** whether a sketch without preview is an error */
  previews: boolean
}

const packageFolder = (name: string) => join(root, 'node_modules', name)
const font = '@fontsource-variable/literata'
const fontFiles = ['latin-opsz-normal', 'latin-opsz-italic', 'latin-ext-opsz-normal', 'latin-ext-opsz-italic']

/** Builds the static site: gallery and sketches. It works at any path, without a network, and from a disk. */
export async function buildSite(out: string, options: SiteOptions): Promise<void> {
  const from = join(root, 'sketches')
  const lib = join(out, 'lib')
  const packages = new Set(['p5', font].map(packageFolder))
  await need(from, 'It contains the sketches.')
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
    buildScripts(lib, packages),
    buildWeights(join(lib, 'handwriting.js')),
    buildWeights(join(lib, 'wild.js'), 'wild'),
    buildErrorReport(join(lib, 'report-errors.js'), packages),
    ...sketches.map((sketch) => buildSketch(sketch, join(out, sketch.name), packages)),
  ])
  await writeLicenses(join(out, LICENSES), packages)
}

/** Builds the script that shows errors of global-mode sketches on their page. */
function buildErrorReport(outfile: string, packages: Set<string>): Promise<void> {
  const entryPoints = [join(root, 'sketches/frame/report-errors.ts')]
  return bundle({ entryPoints, outfile, minify: true, format: 'iife', target: 'es2022' }, packages)
}

async function copyFonts(out: string): Promise<void> {
  const from = packageFolder(font)
  await Promise.all([
    ...fontFiles.map((name) =>
      copyFile(join(from, `files/literata-${name}.woff2`), join(out, `literata-${name}.woff2`)),
    ),
    copyFile(join(from, 'LICENSE'), join(out, 'literata-license.txt')),
  ])
}
