import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeWeights } from '../../src/index.ts'
import { smallWeights } from '../fixtures/small-weights.ts'
import { type Opened, useBrowser } from './chromium.ts'
import { frames, inkGrowsTo, inkOf, patience } from './ink.ts'
import { useSite } from './site.ts'

const browser = useBrowser()
const small = JSON.stringify(encodeWeights({ ...smallWeights(12, 3, { spread: 0.3 }), name: 'small' }))
const site = useSite({ files: { 'lib/small.json': small } })
const bareSite = useSite({ without: ['lib/handwriting.js'] })
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const open = (address: string, options: Parameters<typeof browser.open>[1] = {}): Promise<Opened> =>
  browser.open(site.url(`write/index.html${address}`), { viewport: { width: 500, height: 500 }, ...options })
const asked = (page: Page, name: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(name)

describe('custom weights', () => {
  test('write after a drop; an invalid file is refused and the current weights stay', async () => {
    const { page, complaints } = await open('#seed=7&speed=4')
    const notice = page.locator('#notice')
    const tools = await page.context().newCDPSession(page)
    await inkGrowsTo(page, 200)
    const broken = JSON.parse(small)
    broken.tensors.headBias.shape = [18]

    await drop(tools, 'broken.json', JSON.stringify(broken))
    await expect
      .poll(() => notice.textContent(), patience)
      .toMatch(/broken\.json.*headBias.*19.*18.*The current weights stay\./)
    await drop(tools, 'words.txt', 'Dear network,')
    await expect.poll(() => notice.textContent(), patience).toMatch(/words\.txt.*The current weights stay\./)
    const { count } = await inkOf(page)
    await inkGrowsTo(page, count)

    await drop(tools, 'small.json', small)
    await expect.poll(() => notice.textContent(), patience).toBe('Now writing with small.json.')
    await inkGrowsTo(page, 20)
    expect(asked(page, 'seed')).toBe('7')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('load from an address on the same site', async () => {
    const { page, complaints } = await open('#seed=7&speed=4&weights=../lib/small.json')
    await inkGrowsTo(page, 20)
    expect(await page.locator('#notice').isVisible()).toBe(false)
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each([
    ['https://example.org/weights.json', 'Expected a file of this site, got one of another.'],
    ['../lib/none.json', 'Expected the file, got 404'],
    ['../lib/p5.min.js', 'cannot be used'],
  ])('at %s are refused with a reason, and the built-in weights write instead', async (weights, reason) => {
    const requests: string[] = []
    const { page } = await open('#seed=7&speed=4')
    page.on('request', (request) => requests.push(new URL(request.url()).host))
    await page.goto(site.url(`write/index.html?once#seed=7&speed=4&weights=${encodeURIComponent(weights)}`))
    await expect.poll(() => page.locator('#notice').textContent(), patience).toContain(reason)
    await inkGrowsTo(page, 20)
    expect(new Set(requests)).toEqual(new Set([new URL(site.url('')).host]))
    await page.close()
  })

  test.each(['url', 'fileUrl'] as const)('are asked for when a page has none at all (%s)', async (from) => {
    for (const [sketch, message] of [
      ['write', 'Expected weights, got none.'],
      ['hello', 'Model needs handwriting.js and longhand.js'],
    ]) {
      const { page } = await browser.open(bareSite[from](`${sketch}/index.html`))
      const notice = page.locator('#notice')
      await expect.poll(() => notice.textContent(), patience).toContain(message)
      await frames(page, 10)
      expect(await notice.isVisible()).toBe(true)
      await page.close()
    }
  })
})

/** Drags a real file onto the page, as from a file manager. */
async function drop(tools: CDPSession, name: string, content: string): Promise<void> {
  const file = join(folder, name)
  await writeFile(file, content)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await tools.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data })
}
