import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pathOf, readSiteFile } from './serve/site-files.ts'

export interface StaticServer {
  /** `http://localhost:PORT/` */
  url: string
  close(): Promise<void>
}

/** Serves a folder on a free port, as a web host for static files does. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const server = createServer(async ({ url }, response) => {
    const path = pathOf(url)
    const file = path === undefined ? undefined : await readSiteFile(folder, path)
    if (!file) {
      response.writeHead(404).end('Not found')
      return
    }
    const headers = { 'Content-Type': file.type, 'Content-Length': file.body.length, 'Cache-Control': 'no-store' }
    response.writeHead(200, headers).end(file.body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}
