import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { launchChromium } from '../../scripts/chromium.ts'
import { type StaticServer, serveFolder } from '../../scripts/static-server.ts'

export interface Opened {
  page: Page
  /** Errors, failed requests, and violations of the Content-Security-Policy. */
  complaints: string[]
}

/**
 * The browser and the web server of dist/, which all test files of a worker share until its process ends: starting a
 * browser takes a second, and so does the first page of a site.
 */
interface Shared {
  browser: Browser
  server: StaticServer
  /** contexts without an open page, by their options; their processes have already compiled p5 and the library */
  idle: Map<string, BrowserContext[]>
}

let starting: Promise<Shared> | undefined

function start(): Promise<Shared> {
  starting ??= Promise.all([launchChromium(['--process-per-site']), serveFolder(dist)]).then(([browser, server]) => ({
    browser,
    server,
    idle: new Map(),
  }))
  return starting
}

/** Gives the tests of a file a browser and a web server of dist/. */
export function useBrowser() {
  let shared: Shared
  const opened = new Set<Page>()
  beforeAll(async () => {
    shared = await start()
  })
  // A failed test leaves its pages open; close them so that they do not slow down other files.
  afterAll(async () => {
    await Promise.all([...opened].map((page) => page.close()))
  })

  async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await shared.browser.newContext(options)
    const keeper = await context.newPage() // keeps the site's process alive between tests
    await keeper.goto(new URL('sketches/icon.svg', shared.server.url).href)
    return context
  }

  async function visit(page: Page, url: string): Promise<Opened> {
    opened.add(page)
    page.on('close', () => opened.delete(page))
    const complaints = listenTo(page)
    await page.goto(url)
    return { page, complaints }
  }

  return {
    /** Returns the http address of a path in dist/. */
    url: (path: string) => new URL(path, shared.server.url).href,
    /** Opens an address in a page that does not share its context until it is closed. */
    open: async (url: string, options: BrowserContextOptions = {}): Promise<Opened> => {
      const { viewport, colorScheme, reducedMotion, ...others } = options
      const { idle } = shared
      const key = JSON.stringify(others)
      const context = idle.get(key)?.pop() ?? (await newContext(others))
      const page = await context.newPage()
      page.on('close', () => idle.set(key, [...(idle.get(key) ?? []), context]))
      if (viewport) await page.setViewportSize(viewport)
      if (colorScheme) await page.emulateMedia({ colorScheme })
      if (reducedMotion) await page.emulateMedia({ reducedMotion })
      return visit(page, url)
    },
    /** Opens an address in a new context, and therefore in its own process. */
    openAlone: async (url: string, options: BrowserContextOptions = {}): Promise<Opened> =>
      visit(await shared.browser.newPage(options), url),
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
