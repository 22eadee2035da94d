import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { listen } from '../../scripts/serve/listen.ts'
import { pageServer } from '../../scripts/serve/pages.ts'
import { Reload } from '../../scripts/serve/reload.ts'

const folder = mkdtempSync(join(tmpdir(), 'longhand-site-'))
const site = join(folder, 'site')
const reload = new Reload()
const server = pageServer(site, reload)

function writeSite(to: string): void {
  const page = (text: string) => `<html><head></head><body>${text}</body></html>`
  const name = "Ein schöner #1 (“<b>”) 'sketch'" // as a user may name a folder
  for (const path of ['.git', 'write', name]) mkdirSync(join(to, path), { recursive: true })
  writeFileSync(join(to, 'index.html'), page('the gallery'))
  writeFileSync(join(to, 'sketch.js'), 'draw()')
  writeFileSync(join(to, '.env'), 'secret')
  writeFileSync(join(to, '.git/config'), 'secret')
  writeFileSync(join(to, 'write/index.html'), page('write'))
  writeFileSync(join(to, name, 'index.html'), page('umlauts'))
  symlinkSync(join(folder, 'outside.txt'), join(to, 'link.txt'))
  symlinkSync(join(to, 'sketch.js'), join(to, 'inside.js'))
}

beforeAll(async () => {
  writeFileSync(join(folder, 'outside.txt'), 'secret')
  writeSite(site)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
})
afterAll(() => {
  reload.close()
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

/** Returns the answer to a request, whose path is sent unchanged: `fetch` would normalize it. */
function answerTo(path: string, ...headers: string[]): Promise<string> {
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
      .write([`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'))
  })
}

describe('the server of npm start', () => {
  test('serves a page with the script that reloads it, and other files unchanged', async () => {
    const page = await answerTo('/')
    expect(page).toMatch(/^HTTP\/1\.1 200/)
    expect(page).toContain('<script src="/longhand-reload.js" defer></script></head><body>the gallery')
    expect(await answerTo('/sketch.js')).toMatch(/^HTTP\/1\.1 200.*draw\(\)$/s)
    expect(await answerTo('/inside.js')).toMatch(/^HTTP\/1\.1 200.*draw\(\)$/s)
    expect(await answerTo('/longhand-reload.js')).toMatch(/^HTTP\/1\.1 200.*EventSource/s)
  })

  test.each([
    ['/nothing.html', '404'],
    ['//', '200'],
    ['//elsewhere/', '404'],
    ['/..%2f..%2fpackage.json', '404'],
    ['/..%5c..%5cpackage.json', '404'],
    ['/%zz', '404'],
    ['/%00', '404'],
    ['*', '400'],
    ['//[', '404'],
  ])('answers %s with %s, and keeps running', async (path, status) => {
    expect(await answerTo(path)).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`))
    expect(await answerTo('/')).toContain('the gallery')
  })

  test.each(['bytes=100-50', 'bytes=9-', 'bytes=-0', 'bytes=a-b', 'bytes=0-1,3-4'])(
    'answers Range: %s with the whole file, and keeps running',
    async (range) => {
      expect(await answerTo('/sketch.js', `Range: ${range}`)).toMatch(/^HTTP\/1\.1 200.*draw\(\)$/s)
      expect(await answerTo('/')).toContain('the gallery')
    },
  )

  test.each(['/.env', '/.git/config', '/%2eenv', '/link.txt'])(
    'does not serve %s, which is hidden or a link that leads outside',
    async (path) => {
      const answer = await answerTo(path)
      expect(answer).toMatch(/^HTTP\/1\.1 404/)
      expect(answer).not.toContain('secret')
    },
  )

  test('serves a folder whose name has spaces, quotes and other special characters', async () => {
    const path = `/${encodeURIComponent("Ein schöner #1 (“<b>”) 'sketch'")}`
    expect(await answerTo(`${path}/index.html`)).toContain('umlauts')
    expect(await answerTo(path)).toContain(`Location: ${path}/\r\n`)
  })

  test('redirects only within its own site', async () => {
    expect(await answerTo('/write')).toContain('Location: /write/\r\n')
    expect(await answerTo('//write')).toContain('Location: /write/\r\n') // not the host `write`
  })

  test('keeps running while builds replace the site that pages load', async () => {
    for (let build = 0; build < 30; build++) {
      const next = join(folder, 'next')
      writeSite(next)
      const loading = Array.from({ length: 8 }, (_, n) => answerTo(n % 2 ? '/' : '/sketch.js'))
      renameSync(site, join(folder, 'old'))
      renameSync(next, site)
      for (const answer of await Promise.all(loading)) expect(answer).toMatch(/^HTTP\/1\.1 (200|404)/)
      rmSync(join(folder, 'old'), { recursive: true })
    }
    expect(await answerTo('/')).toContain('the gallery')
  })

  test('tells open pages about a build, including those that connect after it', async () => {
    const { port } = server.address() as AddressInfo
    const listening = await fetch(`http://localhost:${port}/longhand-reload`)
    const reader = listening.body?.pipeThrough(new TextDecoderStream()).getReader()
    reload.publish({ built: 7 })
    let text = ''
    while (!text.includes('data: 7')) text += (await reader?.read())?.value
    expect(text).toContain('event: built\ndata: 7\n\n')
    const late = await fetch(`http://localhost:${port}/longhand-reload`)
    const lateReader = late.body?.pipeThrough(new TextDecoderStream()).getReader()
    text = ''
    while (!text.includes('data: 7')) text += (await lateReader?.read())?.value
    await Promise.all([reader?.cancel(), lateReader?.cancel()])
    await expect.poll(() => reload.size).toBe(0)
  })
})

/** Runs npm start with options that end it at once. */
function npmStart(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts', ...words], { cwd: root })
    let [out, err] = ['', '']
    child.stdout.on('data', (data) => {
      out += data
    })
    child.stderr.on('data', (data) => {
      err += data
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

describe('npm start explains in one line', () => {
  test('options that it cannot read', async () => {
    const [port, typo] = await Promise.all([npmStart('--port', 'abc'), npmStart('--prot', '1')])
    expect(port).toMatchObject({ code: 2, out: '' })
    expect(port.err).toMatch(
      /^npm start: option '--port <number>' argument 'abc' is invalid\. Expected a whole number.*\n$/,
    )
    expect(typo).toMatchObject({ code: 2, out: '' })
    expect(typo.err).toContain("npm start: unknown option '--prot'")
  })

  test('a host that is not this computer', async () => {
    const answers = await Promise.all(['longhand.invalid', '192.0.2.1'].map((host) => npmStart('--host', host)))
    for (const { code, out, err } of answers) {
      expect(err).toMatch(/^npm start: Expected a host name or address of this computer, got \S+ \(\w+\)\. Try: .+\n$/)
      expect({ code, out }).toEqual({ code: 1, out: '' })
    }
  })
})

test('listen takes the next free port, and names the ports if all are taken', async () => {
  const servers = Array.from({ length: 22 }, () => createServer())
  try {
    const first = await listen(servers[0], 42_000, 'localhost')
    const ports = []
    for (const next of servers.slice(1, 21)) ports.push(await listen(next, first, 'localhost'))
    expect(Math.min(...ports)).toBeGreaterThan(first)
    expect(new Set(ports).size).toBe(20)
    await expect(listen(servers[21], first, 'localhost')).rejects.toThrow(
      `Expected a free port, but ${first} to ${first + 20} are taken. Try another: --port 8000`,
    )
  } finally {
    for (const each of servers) each.close()
  }
})
