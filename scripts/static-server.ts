import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import sirv from 'sirv'

export interface StaticServer {
  /** `http://localhost:PORT/` */
  url: string
  close(): Promise<void>
}

/** Serves a folder as any plain web host would, on a port of its own. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const files = sirv(folder, { dev: true })
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end('Not found')
    })
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
