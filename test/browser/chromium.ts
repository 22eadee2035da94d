import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { type StaticServer, serveFolder } from '../../scripts/static-server.ts'

export interface Opened {
  page: Page
  /** What the page complained about: errors, failed requests, refusals by the Content-Security-Policy. */
  complaints: string[]
}

/** A browser and a web host of dist/ for the tests of one file. */
export function useBrowser() {
  let browser: Browser
  let server: StaticServer
  // Those that no page is open in, by what they were made with: a page loads in half the time where the process has read p5
  // and the weights before.
  const idle = new Map<string, BrowserContext[]>()
  beforeAll(async () => {
    ;[browser, server] = await Promise.all([launchChromium(['--process-per-site']), serveFolder(dist)])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser.newContext(options)
    const keeper = await context.newPage() // a picture of the site, so that its process stays between two pages
    await keeper.goto(new URL('sketches/icon.svg', server.url).href)
    return context
  }

  return {
    /** The address of a path in dist/, over http. */
    url: (path: string) => new URL(path, server.url).href,
    /** Opens an address in a page that has its context to itself until it is closed. */
    open: async (url: string, options: BrowserContextOptions = {}): Promise<Opened> => {
      const { viewport, colorScheme, reducedMotion, ...others } = options
      const key = JSON.stringify(others)
      const context = idle.get(key)?.pop() ?? (await newContext(others))
      const page = await context.newPage()
      page.on('close', () => idle.set(key, [...(idle.get(key) ?? []), context]))
      if (viewport) await page.setViewportSize(viewport)
      if (colorScheme) await page.emulateMedia({ colorScheme })
      if (reducedMotion) await page.emulateMedia({ reducedMotion })
      return visit(page, url)
    },
    /** The same in a context and a process that no other page was in. */
    openAlone: async (url: string, options: BrowserContextOptions = {}): Promise<Opened> =>
      visit(await browser.newPage(options), url),
  }
}

async function visit(page: Page, url: string): Promise<Opened> {
  const complaints = listenTo(page)
  await page.goto(url)
  return { page, complaints }
}

function listenTo(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`))
  page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.url()} is missing`))
  return complaints
}
