import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageServer } from '../../scripts/serve/pages.ts'
import { Reload } from '../../scripts/serve/reload.ts'
import { useBrowser } from './chromium.ts'
import { patience } from './ink.ts'

const browser = useBrowser()
const reload = new Reload()
let folder: string
let server: ReturnType<typeof pageServer>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-reload-'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title><p>the page</p>')
  server = pageServer(folder, reload)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  reload.publish({ built: 1 })
})
afterAll(async () => {
  reload.close()
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true })
})

const open = () => browser.open(`http://localhost:${(server.address() as AddressInfo).port}/`)

/** Makes a page hidden or visible, as a browser does with a tab that goes to the background. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('a page reloads after a build, and shows why a build failed', async () => {
  const { page } = await open()
  await expect.poll(() => reload.size, patience).toBe(1)
  reload.publish({ failed: 'sketch.ts:3: <b>oh</b>' })
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('sketch.ts:3: <b>oh</b>')
  const reloaded = page.waitForEvent('load')
  reload.publish({ built: 2 })
  await reloaded
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.close()
  await expect.poll(() => reload.size, patience).toBe(0)
})

test('a hidden page has no connection, and reloads when it is shown after a build', async () => {
  const { page } = await open()
  await expect.poll(() => page.evaluate('version'), patience).toBeDefined() // it knows the last build
  await setHidden(page, true)
  await expect.poll(() => reload.size, patience).toBe(0)
  reload.publish({ built: 3 })
  const reloaded = page.waitForEvent('load')
  await setHidden(page, false)
  await reloaded
  await expect.poll(() => reload.size, patience).toBe(1)
  await page.close()
  await expect.poll(() => reload.size, patience).toBe(0)
})

test('ten tabs in one window load, since all but the one in front are hidden', async () => {
  const { page } = await open()
  const pages = [page]
  for (let n = 1; n < 10; n++) {
    await setHidden(pages[n - 1] as Page, true)
    const next = await page.context().newPage()
    await next.goto(page.url())
    pages.push(next)
  }
  expect(await pages[9]?.textContent('p')).toBe('the page')
  await expect.poll(() => reload.size, patience).toBe(1)
  await Promise.all(pages.map((each) => each.close()))
})
