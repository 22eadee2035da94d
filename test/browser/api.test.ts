import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { useBrowser } from './chromium.ts'

const browser = useBrowser()
const folder = join(dist, 'sketches/api')
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const samples = ['index.html', 'modules.html', 'classes/Model.html', 'functions/densityMap.html']
const homes = {
  'on a web host': () => browser.url('sketches/'),
  'from a disk': () => `${pathToFileURL(join(dist, 'sketches')).href}/`,
}

describe.each(Object.entries(homes))('the API reference, %s', (_, home) => {
  test.each(samples)('%s: loads without errors, from its own folder only', async (sample) => {
    const { page, complaints } = await browser.open('about:blank')
    const outsideRequests: string[] = []
    page.on('request', (request) => request.url().startsWith(home()) || outsideRequests.push(request.url()))
    await page.goto(`${home()}api/${sample}`)
    expect(await page.evaluate(async () => (await document.fonts.load('16px Literata')).length)).toBeGreaterThan(0)
    expect(await page.title()).toMatch(/\S · longhand$/)
    expect(await page.locator('h1').count()).toBe(1)
    expect(complaints).toEqual([])
    expect(outsideRequests).toEqual([])
    await page.close()
  })
})

test.each(['index.html', 'classes/Model.html'])(
  '%s: axe finds no violations in light mode, in dark mode and on a phone',
  async (sample) => {
    const { page } = await browser.open(browser.url(`sketches/api/${sample}`))
    expect(await violationsOn(page), 'light').toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await violationsOn(page), 'dark, on a phone').toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.close()
  },
)

test('every page has the site’s policy, no script and no dead links', async () => {
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll('\\', '/'))
  const pages = files.filter((file) => file.endsWith('.html'))
  expect(pages.length).toBeGreaterThan(50)
  for (const name of pages) {
    const html = await readFile(join(folder, name), 'utf8')
    expect(html, name).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none'`)
    expect(html, name).not.toMatch(/<script| style="| onclick=/)
    const targets = [...html.matchAll(/(?:href|src)="([^"#]*)[^"]*"/g)].map(([, link]) => link).filter(Boolean)
    const paths = targets
      .filter((link) => !link.startsWith('https:'))
      .map((link) => decodeURIComponent(new URL(link, `http://site/api/${name}`).pathname))
    const dead = paths.filter((path) => path.startsWith('/api/') && !files.includes(path.slice('/api/'.length)))
    expect(dead, name).toEqual([])
  }
})

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(`${axe}; undefined`)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)].join(' '))
}
