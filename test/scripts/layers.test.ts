import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'

/** The folders of src/; a file may import from its own folder and from those before it. */
const LAYERS = [
  'math',
  'weights',
  'network',
  'kernels',
  'paper',
  'ink',
  'writing',
  'inspect',
  'pattern',
  'browser',
  'api',
  'globals',
  'index.ts',
]

/** AssemblyScript, which has modules of its own. */
const ASSEMBLY = join('kernels', 'assembly')

const src = join(root, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith(ASSEMBLY),
)

/** Returns the files that a file imports, relative to src/. Type imports count: they are dependencies as well. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8')
  const specifiers = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) => path)
  return specifiers.map((path) => relative(src, resolve(src, dirname(file), path)))
}

const layerOf = (file: string) => LAYERS.indexOf(file.split(sep)[0] as string)

test('every folder of src/ has its place in the order of layers', () => {
  const folders = new Set(files.map((file) => file.split(sep)[0] as string))
  expect([...folders].filter((folder) => !LAYERS.includes(folder) && !folder.endsWith('.d.ts'))).toEqual([])
})

test('imports point down, so that there is no cycle between folders', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((imported) => layerOf(imported) > layerOf(file))
      .map((imported) => `${file} imports ${imported}`),
  )
  expect(upward).toEqual([])
})

test('only the entry points import src/browser/, which may use the DOM', () => {
  const uses = files.filter(
    (file) =>
      layerOf(file) < LAYERS.indexOf('browser') && importsOf(file).some((imported) => imported.startsWith('browser')),
  )
  expect(uses).toEqual([])
})

test('the library imports only what its package depends on', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = files.flatMap((file) =>
    [...readFileSync(join(src, file), 'utf8').matchAll(/\bfrom '([^.'][^']*)'/g)].map(([, name = '']) => name),
  )
  const names = packages.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))
  expect([...new Set(names)].sort()).toEqual(Object.keys(dependencies).sort())
})
