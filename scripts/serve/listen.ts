import type { Server } from 'node:http'
import { networkInterfaces } from 'node:os'

const TRIES = 20 // ports tried after the first
export const LARGEST_PORT = 65535 - TRIES

/** A server that cannot start; the message says what to change. */
export class ListenError extends Error {
  override name = 'ListenError'
}

/** Listens on the first free port, starting with `port`, and returns it. @throws ListenError */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  for (let tried = port; tried <= port + TRIES; tried++) {
    const code = await errorCodeOf(server, tried, host)
    if (code === undefined) return tried
    if (code === 'EACCES') throw new ListenError(`Expected a port that you may open, got ${tried}. Try: --port 8000`)
    if (code !== 'EADDRINUSE')
      throw new ListenError(
        `Expected a host name or address of this computer, got ${host} (${code}). ` +
          'Try: --host localhost, or --host 0.0.0.0 for everyone in the network',
      )
  }
  throw new ListenError(
    `Expected a free port, but ${port} to ${port + TRIES} are taken. Try another: --port ${port === 8000 ? 9000 : 8000}`,
  )
}

/** Starts listening; returns undefined, or the code of the error that prevents it. */
function errorCodeOf(server: Server, port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (code?: string) => {
      server.off('error', failed).off('listening', settle)
      resolve(code)
    }
    const failed = ({ code, message }: NodeJS.ErrnoException) => settle(code ?? message)
    server.on('error', failed).on('listening', settle).listen(port, host)
  })
}

/** Returns the addresses to open: on this computer, and on others if the server listens to the network. */
export function addresses(host: string, port: number): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [`http://${host.includes(':') ? `[${host}]` : host}:${port}/`]
  const lan = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.family === 'IPv4' && !address.internal)
    .map((address) => `http://${address?.address}:${port}/`)
  return [`http://localhost:${port}/`, ...lan]
}
