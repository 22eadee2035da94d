import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'

/** Bundles what a developer imports, minified, with everything unused dropped. */
async function bundleOf(name: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${name} } from './src/index.ts'`, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    absWorkingDir: root,
  })
  const [output] = Object.values(metafile.outputs)
  const used = Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return { bytes: outputFiles[0].contents.length, files: used.map(([file]) => file) }
}

test.each(['Svg', 'Manuscript', 'Page', 'Random'])(
  'importing only %s bundles no schemas and no kernels',
  async (name) => {
    const { bytes, files } = await bundleOf(name)
    expect(files.filter((file) => /valibot|weights|kernels|network/.test(file))).toEqual([])
    expect(bytes).toBeLessThan(name === 'Manuscript' ? 16_000 : 8_000)
  },
)

test('importing decodeWeights bundles the schemas', async () => {
  const { files } = await bundleOf('decodeWeights')
  expect(files.some((file) => file.includes(join('node_modules', 'valibot')))).toBe(true)
})
