import type { Server } from 'node:http'
import { networkInterfaces } from 'node:os'

const TRIED = 20 // ports after the first
export const LARGEST_PORT = 65535 - TRIED

/** Listens on the first free port from `port` on. */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  for (let tried = port; ; tried++) {
    if (await listensOn(server, tried, host)) return tried
    if (tried === port + TRIED) throw new Error(`The ports ${port} to ${tried} are all taken. Choose another: --port N`)
  }
}

function listensOn(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error))
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      resolve(true)
    })
  })
}

/** The addresses to open: here, and for the others in the room when the server listens to them. */
export function addresses(host: string, port: number): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [`http://${host.includes(':') ? `[${host}]` : host}:${port}/`]
  const lan = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.family === 'IPv4' && !address.internal)
    .map((address) => `http://${address?.address}:${port}/`)
  return [`http://localhost:${port}/`, ...lan]
}
