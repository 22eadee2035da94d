import { copyFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import { findSketches } from '../../scripts/build/sketch.ts'
import { type StaticServer, serveFolder } from '../../scripts/static-server.ts'
import { useBrowser } from './chromium.ts'

// Checks every page, including future ones. Loading takes longest, so each page is opened only twice: from a web host below some
// path, with p5 2, and from a disk, with p5 1.
const names = (await findSketches(join(root, 'sketches'), { previews: true })).map(({ name }) => name)
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const browser = useBrowser()
const phone = { width: 390, height: 844 }
const window960 = { width: 960, height: 600 }
let folder: string
let server: StaticServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-pages-'))
  const copies = ['some/where/new', 'p5 1'].map((copy) => join(folder, copy))
  await Promise.all(copies.map((copy) => cp(join(dist, 'sketches'), copy, { recursive: true })))
  await copyFile(join(root, 'node_modules/p5-v1/lib/p5.min.js'), join(folder, 'p5 1/lib/p5.min.js'))
  server = await serveFolder(folder)
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Opens a page of a copy of the site, and collects its requests outside that copy. */
async function visit(home: string, path: string) {
  const { page, complaints } = await browser.open('about:blank', { viewport: window960 })
  const outside: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) outside.push(request.url())
  })
  await page.goto(`${home}${path}`)
  return { page, complaints, outside }
}

describe.each(names)('%s', (name) => {
  test('is complete and accessible on a web host, below any path, with p5 2', async () => {
    const home = `${server.url}some/where/new/`
    const { page, complaints, outside } = await visit(home, `${name}/index.html`)
    await drawsForAPointer(page)

    expect(await page.title()).toMatch(/\S · longhand$/)
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('#notice').count()).toBe(1)
    expect((await page.locator('#notice:visible').allInnerTexts()).join()).not.toMatch(/could not start|went wrong/)
    expect(
      (await page.locator('canvas:not([aria-hidden])').first().textContent())?.trim().length,
      'text of describe()',
    ).toBeGreaterThan(20)
    expect(await page.getByRole('link', { name: 'longhand' }).evaluate((link: HTMLAnchorElement) => link.href)).toBe(
      `${home}index.html`,
    )

    expect(await violationsOn(page), 'light').toEqual([])
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    expect(await animated(page), 'animated by CSS despite reduced motion').toEqual([])
    await page.setViewportSize(phone)
    await expectFitsPhone(page)
    expect(await violationsOn(page), 'dark, on a phone').toEqual([])

    expect(complaints).toEqual([])
    expect(outside).toEqual([])
    await blocksInjection(page)
    await page.close()
  })

  test('opens from a disk and draws with p5 1', async () => {
    const home = `${pathToFileURL(join(folder, 'p5 1')).href}/`
    const { page, complaints, outside } = await visit(home, `${name}/index.html`)
    await drawsForAPointer(page)
    expect(await page.evaluate(() => (globalThis as unknown as { p5: { VERSION: string } }).p5.VERSION)).toMatch(/^1\./)
    expect(complaints).toEqual([])
    expect(outside).toEqual([])
    await page.close()
  })
})

test('a copy of the gallery requests nothing outside its folder and blocks injected code', async () => {
  const { page, complaints, outside } = await visit(`${server.url}some/where/new/`, '')
  await page.locator('.card').last().scrollIntoViewIfNeeded()
  expect(complaints).toEqual([])
  expect(outside).toEqual([])
  await blocksInjection(page)
  await page.close()
})

/** Draws with the mouse in the middle of the page, and waits until something is visible. */
async function drawsForAPointer(page: Page): Promise<void> {
  await page.locator('canvas:not([aria-hidden])').first().waitFor()
  await page.mouse.move(300, 260)
  await page.mouse.down()
  for (let n = 0; n <= 15; n++) await page.mouse.move(300 + 20 * n, 260 + 50 * Math.sin(n))
  await page.mouse.up()
  await expect.poll(() => inked(page), { timeout: 40_000, interval: 250 }).toBeGreaterThan(150)
}

/** Returns the number of pixels of the drawing alone that differ from the color of its corner. */
async function inked(page: Page): Promise<number> {
  await page.evaluate(() => document.documentElement.setAttribute('data-preview', ''))
  const picture = await page.screenshot()
  await page.evaluate(() => document.documentElement.removeAttribute('data-preview'))
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  let count = 0
  for (let i = 0; i < data.length; i += info.channels) {
    let difference = 0
    for (let channel = 0; channel < 3; channel++) difference += Math.abs(data[i + channel] - data[channel])
    if (difference > 60) count++
  }
  return count
}

/** Returns the violations that axe-core finds. */
async function violationsOn(page: Page): Promise<string[]> {
  // evaluated like a debugger, so that the page's policy stays in force
  await page.evaluate(`${axe}; undefined`)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)].join(' '))
}

function animated(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element)
        return animationName !== 'none' || /[1-9]/.test(transitionDuration)
      })
      .map((element) => element.outerHTML.slice(0, 100)),
  )
}

/** Expects no overflow in a narrow window, and more than half of it for the drawing. */
async function expectFitsPhone(page: Page): Promise<void> {
  const size = () =>
    page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      high: document.documentElement.scrollHeight,
      canvas: document.querySelector('canvas:not([aria-hidden])')?.getBoundingClientRect().width,
    }))
  await expect.poll(size, { timeout: 20_000 }).toEqual({ wide: phone.width, high: phone.height, canvas: phone.width })
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('#controls *, .back, #notice')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect()
        return width > 0 && (left < -0.5 || right > innerWidth + 0.5)
      })
      .map((element) => element.outerHTML.slice(0, 100)),
  )
  expect(outside, 'outside the window').toEqual([])
  const panel = await page
    .locator('#controls')
    .evaluateAll(([controls]) => (controls ? controls.getBoundingClientRect().top : innerHeight))
  expect(panel, 'top of the panel').toBeGreaterThanOrEqual(0.6 * phone.height)
}

/** Expects the page's own policy to block injected scripts, styles, eval, and requests. */
async function blocksInjection(page: Page): Promise<void> {
  const [policy = ''] = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .evaluateAll((metas) => metas.map((meta) => (meta as HTMLMetaElement).content))
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:|\*/)
  const got = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.body.append(script)
    const styled = document.createElement('p')
    styled.setAttribute('style', 'position: fixed')
    document.body.append(styled)
    return {
      script: 'injected' in globalThis,
      style: getComputedStyle(styled).position === 'fixed',
      eval: await new Promise((done) => {
        addEventListener('securitypolicyviolation', ({ blockedURI }) => blockedURI === 'eval' && done(false))
        setTimeout('document.title = "injected"')
        setTimeout(() => done(document.title === 'injected'), 1000)
      }),
      fetch: await fetch('https://longhand.invalid/').then(
        () => true,
        () => false,
      ),
    }
  })
  expect(got).toEqual({ script: false, style: false, eval: false, fetch: false })
}
