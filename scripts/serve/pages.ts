import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import sirv from 'sirv'
import type { Reload } from './reload.ts'

const script = '<script src="/longhand-reload.js" defer></script>'
const noSite = `<!doctype html><meta charset="utf-8"><title>longhand</title><body>${script}`

/** Serves the site; each page also gets the script that reloads it. */
export function pageServer(site: string, reload: Reload): Server {
  const files = sirv(site, { dev: true })
  return createServer(async (request, response) => {
    const path = pathOf(request.url)
    if (path === undefined) return send(response, 400, 'text/plain', 'That is no address.')
    if (path === '/longhand-reload') return reload.listen(request, response)
    if (path === '/longhand-reload.js') {
      return send(response, 200, 'text/javascript', await readFile(join(import.meta.dirname, 'reload.js'), 'utf8'))
    }
    const page = await readPage(site, path)
    if (page !== undefined) return send(response, 200, 'text/html', page.replace(/(?=<\/head>)|$/i, script))
    if ((await readPage(site, `${path}/`)) !== undefined) {
      return response.writeHead(302, { Location: `${path}/` }).end()
    }
    response.setHeader('Cache-Control', 'no-store')
    files(request, response, () => {
      // before the first good build there is nothing to show but why it failed
      if (path === '/') send(response, 200, 'text/html', noSite)
      else send(response, 404, 'text/plain', `There is no ${path} here.`)
    })
  })
}

/** undefined for what is no address: whoever sends that must not end the class's server. */
function pathOf(url = '/'): string | undefined {
  // put behind a host as it is: by itself `//x` would be the host x
  const address = `http://localhost${url}`
  return url.startsWith('/') && URL.canParse(address) ? new URL(address).pathname : undefined
}

async function readPage(site: string, path: string): Promise<string | undefined> {
  const name = path.endsWith('/') ? `${path}index.html` : path
  // a URL's pathname has no `..` left, but an escaped one would be decoded by nobody: plain names only
  if (!/^[\w./-]+\.html$/.test(name)) return undefined
  return readFile(join(site, name), 'utf8').catch(() => undefined)
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' }).end(body)
}
