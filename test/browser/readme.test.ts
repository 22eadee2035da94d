import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'
import { inkOf } from './ink.ts'

const browser = useBrowser()
const readme = await readFile(join(root, 'README.md'), 'utf8')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
  await cp(join(dist, 'sketches/lib'), folder, { recursive: true })
  await writeFile(join(folder, 'index.html'), listing('html'))
  await writeFile(join(folder, 'sketch.js'), listing('js'))
})
afterAll(() => rm(folder, { recursive: true }))

function listing(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme) ?? []
  if (code === undefined) throw new Error(`Expected a listing in ${language} in README.md, got none.`)
  return code
}

test('the sketch of the README runs unchanged from a disk', async () => {
  const { page, complaints } = await browser.open(pathToFileURL(join(folder, 'index.html')).href)
  await expect.poll(async () => (await inkOf(page)).count, { timeout: 20_000 }).toBeGreaterThan(300)
  expect(complaints).toEqual([])
  await page.close()
})

test('the README links to files that exist', async () => {
  const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^https?:/.test(link))
  expect(links.length).toBeGreaterThan(20)
  for (const link of links)
    await readFile(join(root, link)).catch((error) => error.code !== 'EISDIR' && Promise.reject(error))
})
