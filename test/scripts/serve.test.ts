import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { pageServer } from '../../scripts/serve/pages.ts'
import { Reload } from '../../scripts/serve/reload.ts'

const site = mkdtempSync(join(tmpdir(), 'longhand-site-'))
const reload = new Reload()
const server = pageServer(site, reload)

beforeAll(async () => {
  writeFileSync(join(site, 'index.html'), '<html><head></head><body>the gallery</body></html>')
  writeFileSync(join(site, 'sketch.js'), 'draw()')
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
})
afterAll(() => {
  reload.close()
  server.close()
  server.closeAllConnections()
  rmSync(site, { recursive: true })
})

/** What comes back for a request's first line, as it is: fetch would mend the address before it asks. */
function answerTo(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    let answer = ''
    connect(port, 'localhost')
      .setEncoding('utf8')
      .on('error', reject)
      .on('data', (text: string) => {
        answer += text
      })
      .on('end', () => resolve(answer))
      .write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  })
}

describe('the server of npm start', () => {
  test('serves a page with the script that reloads it, and other files as they are', async () => {
    const page = await answerTo('/')
    expect(page).toMatch(/^HTTP\/1\.1 200/)
    expect(page).toContain('<script src="/longhand-reload.js" defer></script></head><body>the gallery')
    expect(await answerTo('/sketch.js')).toMatch(/^HTTP\/1\.1 200.*draw\(\)$/s)
    expect(await answerTo('/longhand-reload.js')).toMatch(/^HTTP\/1\.1 200.*EventSource/s)
  })
  test.each([
    ['/nothing.html', '404'],
    ['//', '200'],
    ['//elsewhere/', '404'],
    ['/..%2f..%2fpackage.json', '404'],
    ['/%zz', '404'],
    ['*', '400'],
    ['//[', '404'],
  ])('answers %s with %s, and goes on serving', async (path, status) => {
    expect(await answerTo(path)).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`))
    expect(await answerTo('/')).toContain('the gallery')
  })
  test('tells open pages of a build, those too that ask after it', async () => {
    const { port } = server.address() as AddressInfo
    const heard = await fetch(`http://localhost:${port}/longhand-reload`)
    const reader = heard.body?.pipeThrough(new TextDecoderStream()).getReader()
    reload.tell({ built: 7 })
    let text = ''
    while (!text.includes('data: 7')) text += (await reader?.read())?.value
    expect(text).toContain('event: built\ndata: 7\n\n')
    await reader?.cancel()
  })
})

test.each([
  [['--port', 'abc'], "npm start: option '--port <number>' argument 'abc' is invalid. Expected a whole number"],
  [['--prot', '1'], "npm start: unknown option '--prot'"],
])('npm start -- %s says what it cannot read, and serves nothing', (words, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/serve.ts', ...words], {
    cwd: root,
    encoding: 'utf8',
  })
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(message)
})
