import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTasks } from '../../scripts/build/api/reference.ts'
import { root } from '../../scripts/build/root.ts'

const run = promisify(execFile)
const tasks = readTasks(await readFile(join(root, 'docs/REFERENCE.md'), 'utf8'))
const source = join(root, 'src/index.ts')
const weights = (name: string) => join(root, 'weights', `${name}.json`)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
  await mkdir(join(folder, 'examples'))
  for (const { title, example } of tasks) await writeFile(join(folder, 'examples', `${title}.ts`), example)
})
afterAll(() => rm(folder, { recursive: true }))

test('the reference names every export once, and nothing else', async () => {
  const names = tasks.flatMap(({ names }) => names)
  expect(names.sort(), 'Add new exports to a task in docs/REFERENCE.md, and remove old ones.').toEqual(
    (await exportsOf(source)).sort(),
  )
})

describe('the examples', () => {
  test.each(tasks)('$title: runs as it stands, and prints something', async ({ title }) => {
    const outfile = join(folder, `${title}.mjs`)
    await build({
      entryPoints: [join(folder, 'examples', `${title}.ts`)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      alias: {
        longhand: source,
        'longhand/weights/handwriting.json': weights('handwriting'),
        'longhand/weights/scribe.json': weights('scribe'),
      },
      nodePaths: [join(root, 'node_modules')],
      logLevel: 'silent',
    })
    const { stdout, stderr } = await run(process.execPath, [outfile], { cwd: folder })
    expect(stderr).toBe('')
    expect(stdout).not.toMatch(/NaN|undefined/)
    expect(stdout.trim()).not.toBe('')
  })

  test('have the right types', async () => {
    const config = {
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        lib: ['ES2022', 'DOM', 'DOM.Iterable'],
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        paths: {
          longhand: [source],
          'longhand/weights/handwriting.json': [weights('handwriting')],
          'longhand/weights/scribe.json': [weights('scribe')],
          '*': [join(root, 'node_modules/*')],
        },
      },
      include: ['examples/*.ts'],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/@typescript/native/bin/tsc')
    const { stdout } = await run(process.execPath, [tsc, '-p', folder]).catch((error) => error)
    expect(stdout).toBe('')
  })
})

/** The names that a module of `export … from` lines exports. */
async function exportsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8')
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(
    ([, list]) => list.match(/\w+(?=\s*(?:,|$))/g) ?? [],
  )
  const modules = [...text.matchAll(/^export \* from '([^']+)'/gm)].map(([, path]) =>
    exportsOf(join(dirname(file), path)),
  )
  return [...lists, ...(await Promise.all(modules))].flat()
}
