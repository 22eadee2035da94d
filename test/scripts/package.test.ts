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
const benchLockfile = read('scripts/bench/package-lock.json')
const STAND_IN = 'no-pictures'
let folder: string
let tarball: Buffer
let files: string[]

// --ignore-scripts: dist/ is built already, and `prepack` would replace it while other tests read it.
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
  // npm 11 prints a list, later versions an object with package names as keys.
  const [packed] = Object.values(answer) as { filename: string; files: { path: string }[] }[]
  files = packed.files.map((file) => file.path)
  tarball = readFileSync(join(folder, packed.filename))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('the package contains what its users need', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'dist/THIRD-PARTY-LICENSES.txt',
      'weights/LICENSE',
      'README.md',
      'package.json',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/longhand.js',
      'dist/longhand-pattern.js',
      'dist/cli.js',
      'dist/weights/handwriting.js',
      'dist/weights/scribe.js',
      'weights/handwriting.json',
      'weights/handwriting.md',
      'weights/scribe.json',
      'weights/scribe.md',
    ]),
  )
})

test('the package contains nothing else', () => {
  const wanted =
    /^((weights\/)?LICENSE|dist\/THIRD-PARTY-LICENSES\.txt|README\.md|package\.json|dist\/[\w/-]+\.d\.ts|dist\/(index|longhand|longhand-pattern|cli)\.js|dist\/index\.js\.map|dist\/weights\/(handwriting|scribe)\.js|weights\/(handwriting|scribe)\.(json|md))$/
  expect(files.filter((file) => !wanted.test(file))).toEqual([])
})

test('the licenses of all bundled packages are beside the bundles', () => {
  const licenses = (path: string) => readFileSync(join(root, 'dist', path), 'utf8')
  const packages = (text: string) => [...text.matchAll(/^(\S+) \d+\.\d+\.\d+\nLicense: /gm)].map(([, name]) => name)
  const inPackage = licenses('THIRD-PARTY-LICENSES.txt')
  expect(packages(inPackage)).toEqual(expect.arrayContaining(['commander', 'culori', 'pure-rand', 'valibot']))
  const inSite = licenses('sketches/THIRD-PARTY-LICENSES.txt')
  expect(packages(inSite)).toEqual(
    expect.arrayContaining(['@fontsource-variable/literata', 'comlink', 'p5', 'pure-rand', 'valibot']),
  )
  expect(inSite).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  expect(inSite).toContain('SIL OPEN FONT LICENSE')
  for (const text of [inPackage, inSite]) {
    expect(text).toContain('Permission is hereby granted')
    expect(text).toContain('Creative Commons Attribution 4.0 International')
  }
})

test('publint finds no problems', async () => {
  const { messages } = await publint({ pack: { tarball: new Uint8Array(tarball).buffer } })
  expect(messages).toEqual([])
})

test('the types resolve wherever ES modules resolve', async () => {
  const result = await checkPackage(createPackageFromTarballData(tarball))
  const problems = result.types ? result.problems : ['no types']
  // longhand is ES modules only, and script-tag builds have no types.
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

test('npm install compiles nothing', () => {
  const packages = Object.entries<{ hasInstallScript?: boolean }>(lockfile.packages)
  const scripts = packages
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1))
  expect(scripts.sort()).toEqual(['esbuild', 'sharp']) // both only check for a downloaded binary
})

test('the lockfiles contain no registry addresses', () => {
  const resolved = ({ packages }: { packages: Record<string, { resolved?: string }> }) =>
    Object.values(packages).filter((entry) => entry.resolved)
  expect(resolved(lockfile)).toEqual([])
  // Two packages that numjs needs only for pictures are replaced.
  expect(resolved(benchLockfile)).toEqual([
    { resolved: STAND_IN, link: true },
    { resolved: STAND_IN, link: true },
  ])
})

// npm drops optional packages that it did not install on this platform, and `npm ci` then fails on others.
test.each([
  ['package-lock.json', lockfile],
  ['scripts/bench/package-lock.json', benchLockfile],
])('%s lists the binaries of every platform', (_, { packages: entries }) => {
  const packages = Object.entries<{ optionalDependencies?: Record<string, string> }>(entries)
  const optional = packages.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}))
  expect(optional.filter((name) => !packages.some(([path]) => path.endsWith(`node_modules/${name}`)))).toEqual([])
})

test('every dependency is pinned to one version', () => {
  const versions = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies })
  const exact = /^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/
  expect(versions.filter(([, version]) => !exact.test(version))).toEqual([])
  const bench = Object.entries<string>(read('scripts/bench/package.json').dependencies)
  expect(bench.filter(([, version]) => !exact.test(version))).toEqual([
    ['deasync', `file:${STAND_IN}`],
    ['sharp', `file:${STAND_IN}`],
  ])
})
