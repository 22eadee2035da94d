import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { type StaticServer, serveFolder } from '../../scripts/static-server.ts'

export { launchChromium }

export interface Opened {
  page: Page
  /** What the page complained about: errors, failed requests, refusals by the Content-Security-Policy. */
  complaints: string[]
}

/** A browser and a web host of dist/ for the tests of one file. */
export function useBrowser() {
  let browser: Browser
  let server: StaticServer
  beforeAll(async () => {
    ;[browser, server] = await Promise.all([launchChromium(), serveFolder(dist)])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  return {
    /** The address of a path in dist/, over http. */
    url: (path: string) => new URL(path, server.url).href,
    /** Opens an address in a context of its own. */
    open: async (url: string, options: BrowserContextOptions = {}): Promise<Opened> => {
      const page = await browser.newPage(options)
      const complaints = listenTo(page)
      await page.goto(url)
      return { page, complaints }
    },
  }
}

function listenTo(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.url()} is missing`))
  return complaints
}
