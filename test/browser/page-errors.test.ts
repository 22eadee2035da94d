import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withPolicy } from '../../scripts/build/policy.ts'
import { root } from '../../scripts/build/root.ts'
import { useBrowser } from './chromium.ts'
import { patience } from './ink.ts'
import { useSite } from './site.ts'

const hello = (file: string) => readFileSync(join(root, 'sketches/hello', file), 'utf8')
const script = hello('sketch.js')
const page = withPolicy(hello('index.html'), 'index.html')

/** Copies of hello's script, each with one mistake. */
const scripts = {
  'typo-in-draw': script.replace('n < SPEED', 'n < SPED'),
  'typo-in-setup': script.replace('windowWidth / 240', 'windowWidht / 240'),
  syntax: script.replace('function move() {', 'function move( {'),
  'one-frame': script.replace(
    'function draw() {',
    "let failed = false\nfunction draw() {\n  if (!failed) {\n    failed = true\n    throw new Error('one bad frame')\n  }",
  ),
}

const files = Object.fromEntries(
  Object.entries(scripts).flatMap(([name, text]) => [
    [`hello/${name}.js`, text],
    [`hello/${name}.html`, page.replace('src="sketch.js"', `src="${name}.js"`)],
  ]),
)
files['hello/order.html'] = page.replace(/\s*<script src="..\/lib\/longhand.js"><\/script>/, '')

const browser = useBrowser()
const site = useSite({ files })
const lineOf = (name: keyof typeof scripts, text: string) =>
  scripts[name].split('\n').findIndex((line) => line.includes(text)) + 1

async function noticeOf(address: string, expected: string): Promise<string> {
  const { page } = await browser.open(address)
  const notice = page.locator('#notice')
  await expect.poll(() => notice.textContent(), patience).toContain(expected)
  expect(await notice.isVisible()).toBe(true)
  const text = (await notice.textContent()) as string
  await page.close()
  return text
}

describe.each(['url', 'fileUrl'] as const)('a mistake in a sketch is shown on its page (%s)', (from) => {
  test.each([
    ['typo-in-draw', 'n < SPED', 'SPED is not defined.'],
    ['typo-in-setup', 'windowWidht', 'windowWidht is not defined.'],
  ] as const)('with file and line: %s', async (name, text, message) => {
    const line = lineOf(name, text)
    expect(line).toBeGreaterThan(10)
    const notice = await noticeOf(site[from](`hello/${name}.html`), message)
    expect(notice).toBe(`${name}.js, line ${line}: ${message}`)
  })

  test('when the script cannot be parsed', async () => {
    const notice = await noticeOf(
      site[from]('hello/syntax.html'),
      from === 'url' ? 'syntax.js, line ' : 'There is a mistake in a script',
    )
    if (from === 'url') expect(notice).toContain('syntax.js, line ')
    else expect(notice).toContain('console (F12)')
  })

  test('when a script tag is missing, with the right order', async () => {
    const notice = await noticeOf(site[from]('hello/order.html'), 'Model is not defined.')
    expect(notice).toContain('put both script tags before the one of sketch.js')
  })
})

test('a sketch continues after an error in one frame', async () => {
  const { page } = await browser.open(site.url('hello/one-frame.html'))
  await expect.poll(() => page.locator('#notice').textContent(), patience).toContain('one bad frame')
  const frames = () => page.evaluate('frameCount') as Promise<number>
  const before = await frames()
  await expect.poll(frames, patience).toBeGreaterThan(before + 5)
  await page.close()
})
