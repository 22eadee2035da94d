import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildGallery } from '../../scripts/build/gallery.ts'
import { readHeader } from '../../scripts/build/header.ts'
import { withPolicy } from '../../scripts/build/policy.ts'
import { root } from '../../scripts/build/root.ts'
import { buildSketch, findSketches } from '../../scripts/build/sketch.ts'
import { swap } from '../../scripts/build/swap.ts'

const header = '/*\n * Waves & tides\n * Lines that\n * come and go.\n * tags: still, sea\n * try: wait\n */\n'
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function files(contents: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

test('reads title, sentence, tags and what to try from a header', () => {
  expect(readHeader(header, 'sketch.ts')).toEqual({
    title: 'Waves & tides',
    sentence: 'Lines that come and go.',
    tags: ['still', 'sea'],
    tryFirst: 'wait',
  })
})

test('a sketch without a header fails the build, with the file and an example to copy', async () => {
  await files({ 'waves/index.html': '<html>', 'waves/sketch.ts': 'new p5()', 'waves/preview.png': '' })
  await expect(findSketches(folder, { previews: true })).rejects.toThrow(
    /waves\/sketch\.ts has no header\. Begin the file with a comment[\s\S]*Title of the sketch[\s\S]*try:/,
  )
})

test.each([
  ['/* Waves */', 'has no sentence'],
  ['/* Waves\n Lines.\n try: wait */', 'has no line `tags: …`'],
  ['/* Waves\n Lines.\n tags: sea */', 'has no line `try: …`'],
])('reports which part of a header is missing: %j', (source, message) => {
  expect(() => readHeader(source, 'sketch.ts')).toThrow(message)
})

test('a sketch without a picture fails the build, with the command that makes it', async () => {
  await files({ 'waves/index.html': '<html>', 'waves/sketch.js': header })
  await expect(findSketches(folder, { previews: true })).rejects.toThrow(
    /Expected .*waves\/preview\.png, got no such file\. Make it with: npm run previews/,
  )
  expect(await findSketches(folder, { previews: false })).toMatchObject([{ name: 'waves', preview: false }])
})

test('a page without a script fails the build; a folder without a page is not a sketch', async () => {
  await files({ 'frame/controls.ts': '' })
  expect(await findSketches(folder, { previews: true })).toEqual([])
  await files({ 'waves/index.html': '<html>' })
  await expect(findSketches(folder, { previews: true })).rejects.toThrow('Expected sketch.ts or sketch.js')
})

test('the gallery lists the named sketches first and escapes HTML', async () => {
  const template = '<head><meta charset="utf-8"></head>\n  <!-- sketches: waves -->\n'
  await files({ 'template.html': template })
  for (const name of ['dunes', 'waves']) {
    await files({ [`${name}/index.html`]: '', [`${name}/sketch.js`]: header, [`${name}/preview.png`]: '' })
  }
  const out = join(folder, 'gallery.html')
  await buildGallery(join(folder, 'template.html'), await findSketches(folder, { previews: true }), out)
  const page = await readFile(out, 'utf8')
  expect(page.match(/(?<=href=")\w+(?=\/index\.html)/g)).toEqual(['waves', 'dunes'])
  expect(page).toContain('<h2>Waves &amp; tides</h2>')
  expect(page).toContain("script-src 'self' 'wasm-unsafe-eval';")
})

test('a copied and changed sketch folder appears in the gallery and is built with its changes', async () => {
  await cp(join(root, 'sketches/write'), join(folder, 'mine'), { recursive: true })
  await cp(join(root, 'sketches/frame'), join(folder, 'frame'), { recursive: true })
  await files({ 'template.html': '<meta charset="utf-8">\n<!-- sketches -->' })
  const file = join(folder, 'mine/sketch.ts')
  const source = await readFile(file, 'utf8')
  await writeFile(file, source.replace(/^ \* Write$/m, ' * Mine').replace('SWELL = 0.45', 'SWELL = 0.123'))
  const sketches = await findSketches(folder, { previews: true })
  await buildGallery(join(folder, 'template.html'), sketches, join(folder, 'gallery.html'))
  const gallery = await readFile(join(folder, 'gallery.html'), 'utf8')
  expect(gallery).toContain('<h2>Mine</h2>')
  expect(gallery).toContain('src="mine/preview-motion.webp"')
  await buildSketch(sketches[0], join(folder, 'out'))
  expect(await readFile(join(folder, 'out/sketch.js'), 'utf8')).toContain('SWELL = 0.123')
  expect(await readFile(join(folder, 'out/source.txt'), 'utf8')).toContain(' * Mine')
})

test('a sketch without a motion strip shows only its still picture', async () => {
  await files({ 'template.html': '<meta charset="utf-8">\n<!-- sketches -->' })
  await files({ 'waves/index.html': '', 'waves/sketch.js': header, 'waves/preview.png': '' })
  await buildGallery(
    join(folder, 'template.html'),
    await findSketches(folder, { previews: true }),
    join(folder, 'g.html'),
  )
  const page = await readFile(join(folder, 'g.html'), 'utf8')
  expect(page.match(/src="[^"]*"/g)).toEqual(['src="waves/preview.png"'])
})

test('every page gets a Content-Security-Policy, unless it has its own', () => {
  const page = withPolicy('<head><meta charset="utf-8"><title>', 'index.html')
  expect(page).toMatch(/^<head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src/)
  expect(withPolicy(page, 'index.html')).toBe(page)
  expect(() => withPolicy('<p>', 'index.html')).toThrow('Expected <meta charset="utf-8"> in index.html, got none')
})

test('a failed build keeps the last good one', async () => {
  const target = join(folder, 'site')
  const fill = (text: string) => (next: string) => writeFile(join(next, 'page'), text)
  await swap(target, fill('first'))
  await expect(swap(target, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await readFile(join(target, 'page'), 'utf8')).toBe('first')
  await swap(target, fill('second'))
  expect(await readFile(join(target, 'page'), 'utf8')).toBe('second')
})

test('a build that cannot be moved into place restores the last good one, and leaves no other files', async () => {
  const target = join(folder, 'site')
  const vanish = (next: string) => rm(next, { recursive: true })
  await expect(swap(target, vanish)).rejects.toThrow('ENOENT')
  expect(await readdir(folder)).toEqual([])
  await swap(target, (next) => writeFile(join(next, 'page'), 'first'))
  await expect(swap(target, vanish)).rejects.toThrow(/ENOENT.*next/)
  expect(await readFile(join(target, 'page'), 'utf8')).toBe('first')
  expect(await readdir(folder)).toEqual(['site'])
})
