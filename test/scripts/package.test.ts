import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'

const read = (name: string) => JSON.parse(readFileSync(join(root, name), 'utf8'))
const manifest = read('package.json')
const lockfile = read('package-lock.json')
const standIn = 'scripts/bench/no-deasync'
let folder: string
let tarball: Buffer
let files: string[]

// dist/ is built by now, and a build in the middle of other tests would pull it from under them: no scripts
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longhand-'))
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const said = execFileSync(npm, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  })
  const answer = JSON.parse(said)
  // npm 11 answers with a list, later ones with an object by package name
  const [packed] = Object.values(answer) as { filename: string; files: { path: string }[] }[]
  files = packed.files.map((file) => file.path)
  tarball = readFileSync(join(folder, packed.filename))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('the package holds what its users need', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'package.json',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/longhand.js',
      'dist/longhand-pattern.js',
      'dist/cli.js',
      'dist/weights/handwriting.js',
      'weights/handwriting.json',
      'weights/handwriting.md',
    ]),
  )
})

test('the package holds nothing else', () => {
  const wanted =
    /^(LICENSE|README\.md|package\.json|dist\/[\w/-]+\.d\.ts|dist\/(index|longhand|longhand-pattern|cli)\.js|dist\/index\.js\.map|dist\/weights\/handwriting\.js|weights\/handwriting\.(json|md))$/
  expect(files.filter((file) => !wanted.test(file))).toEqual([])
})

test('publint has nothing to say', async () => {
  const { messages } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer } })
  expect(messages).toEqual([])
})

test('the types are right wherever modules are', async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball))
  const problems = result.types ? result.problems : ['no types']
  // longhand is ES modules only: a CommonJS program is told so, and scripts have no types
  const known = ['CJSResolvesToESM']
  expect(
    problems.filter((problem) => {
      if (typeof problem === 'string') return true
      if ('resolutionKind' in problem && problem.resolutionKind === 'node10') return false
      if ('entrypoint' in problem && problem.entrypoint.startsWith('./')) return false
      return !known.includes(problem.kind)
    }),
  ).toEqual([])
})

test('nothing is compiled when it is installed', () => {
  const packages = Object.entries<{ hasInstallScript?: boolean }>(lockfile.packages)
  const scripts = packages
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1))
  expect(scripts.sort()).toEqual(['esbuild', 'sharp']) // which look for a binary that was downloaded
})

test('the lockfile names no registry', () => {
  const packages = Object.values(lockfile.packages) as { resolved?: string }[]
  expect(packages.filter((entry) => entry.resolved)).toEqual([{ resolved: standIn, link: true }])
})

// npm forgets what it cannot find or does not need here, and `npm ci` then fails for everyone
test('the lockfile knows the binaries of every platform', () => {
  const packages = Object.entries<{ optionalDependencies?: Record<string, string> }>(lockfile.packages)
  const optional = packages.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}))
  expect(optional.filter((name) => !packages.some(([path]) => path.endsWith(`node_modules/${name}`)))).toEqual([])
})

test('every dependency is pinned to one version, but for the one that the project stands in for', () => {
  const versions = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies })
  const exact = /^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/
  expect(versions.filter(([, version]) => !exact.test(version))).toEqual([['deasync', `file:${standIn}`]])
  expect(Object.keys(manifest.dependencies)).not.toContain('deasync') // what others install has no folder of ours
})
