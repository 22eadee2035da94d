import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { watchFolders } from '../../scripts/serve/watch.ts'

const patience = { timeout: 10_000, interval: 20 }
let folder: string
let changes: number
let stop: () => Promise<void>
const at = (path: string) => join(folder, path)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-watch-'))
  await mkdir(at('sketches/mine'), { recursive: true })
  await mkdir(at('weights'))
  await writeFile(at('sketches/mine/sketch.js'), 'one')
  changes = 0
  stop = await watchFolders(folder, ['sketches', 'weights'], {
    onChange: () => changes++,
    onError: (error) => {
      throw error
    },
  })
})
afterEach(async () => {
  await stop()
  await rm(folder, { recursive: true })
})

/** Expects that an action is noticed, and waits until its burst of changes is over. */
async function isNoticed(action: () => Promise<unknown>): Promise<void> {
  const before = changes
  await action()
  await expect.poll(() => changes, patience).toBeGreaterThan(before)
  await new Promise((resolve) => setTimeout(resolve, 250))
}

/** Saves as many editors do: into a new file, which replaces the old one. */
async function saveByRename(path: string, text: string): Promise<void> {
  await writeFile(at(`${path}~`), text)
  await rename(at(`${path}~`), at(path))
}

test('notices every save in place and every save by rename, in any order', async () => {
  for (const round of [1, 2, 3]) {
    await isNoticed(() => saveByRename('sketches/mine/sketch.js', `renamed ${round}`))
    await isNoticed(() => writeFile(at('sketches/mine/sketch.js'), `in place ${round}`))
  }
})

test('reports a burst of saves once', async () => {
  await isNoticed(() => Promise.all(['a', 'b', 'c'].map((name) => writeFile(at(`weights/${name}.json`), '{}'))))
  expect(changes).toBe(1)
})

test('notices changes in a new folder', async () => {
  await isNoticed(() => mkdir(at('sketches/new/deep'), { recursive: true }))
  await isNoticed(() => writeFile(at('sketches/new/deep/sketch.js'), 'one'))
  await isNoticed(() => saveByRename('sketches/new/deep/sketch.js', 'two'))
})

test('notices a renamed folder, and changes in it', async () => {
  await isNoticed(() => rename(at('sketches/mine'), at('sketches/yours')))
  await isNoticed(() => saveByRename('sketches/yours/sketch.js', 'two'))
  await isNoticed(() => writeFile(at('sketches/yours/other.js'), 'three'))
  await isNoticed(() => rename(at('sketches/yours'), at('sketches/mine')))
  await isNoticed(() => saveByRename('sketches/mine/sketch.js', 'four'))
})

test('keeps watching when a watched folder is moved away and comes back', async () => {
  await isNoticed(() => rename(at('sketches'), at('elsewhere')))
  await isNoticed(() => rename(at('elsewhere'), at('sketches')))
  await isNoticed(() => saveByRename('sketches/mine/sketch.js', 'two'))
})

test('ignores changes outside the folders', async () => {
  await writeFile(at('README.md'), 'one')
  await mkdir(at('dist'))
  await writeFile(at('dist/index.js'), 'one')
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(changes).toBe(0)
})

test('is silent once stopped', async () => {
  await stop()
  await writeFile(at('sketches/mine/sketch.js'), 'two')
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(changes).toBe(0)
})
