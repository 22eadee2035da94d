import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Reload } from './reload.ts'
import { pathOf, readSiteFile } from './site-files.ts'

const script = '<script src="/longhand-reload.js" defer></script>'
const emptyPage = `<!doctype html><meta charset="utf-8"><title>longhand</title><body>${script}`

/** Creates the development server of a site: each page also gets the script that reloads it after a build. */
export function pageServer(site: string, reload: Reload): Server {
  return createServer((request, response) => {
    answer(site, reload, request, response).catch((error) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else send(response, 500, 'text/plain;charset=utf-8', 'Something went wrong; the terminal shows what.')
    })
  })
}

async function answer(site: string, reload: Reload, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request.url)
  if (path === undefined) return send(response, 400, 'text/plain;charset=utf-8', 'Expected a path that starts with /.')
  if (path === '/longhand-reload') return reload.subscribe(request, response)
  if (path === '/longhand-reload.js')
    return send(response, 200, 'text/javascript', await readFile(join(import.meta.dirname, 'reload.js')))

  const file = await readSiteFile(site, path)
  if (file?.type.startsWith('text/html'))
    return send(response, 200, file.type, file.body.toString().replace(/(?=<\/head>)|$/i, script))
  if (file) return send(response, 200, file.type, file.body)
  if (await readSiteFile(site, `${path}/`)) {
    response.writeHead(302, { Location: `${path}/` }).end()
    return
  }
  // Before the first successful build, only the reason of a failed one can be shown.
  if (path === '/') send(response, 200, 'text/html;charset=utf-8', emptyPage)
  else send(response, 404, 'text/plain;charset=utf-8', `There is no ${path} here.`)
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  const headers = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' }
  response.writeHead(status, headers).end(body)
}
