import type { IncomingMessage, ServerResponse } from 'node:http'

/** The result of a build: the time it ended, or why it failed. */
export type BuildResult = { built: number } | { failed: string }

/** Sends the result of each build to open pages, as server-sent events. */
export class Reload {
  #pages = new Set<ServerResponse>()
  #last: BuildResult | undefined

  /** How many pages are connected. */
  get size(): number {
    return this.#pages.size
  }

  /** Connects a page, and sends it the last result at once. */
  subscribe(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write('retry: 500\n\n')
    if (this.#last) response.write(message(this.#last))
    this.#pages.add(response)
    request.on('close', () => this.#pages.delete(response))
  }

  publish(result: BuildResult): void {
    this.#last = result
    for (const response of this.#pages) response.write(message(result))
  }

  close(): void {
    for (const response of this.#pages) response.end()
  }
}

function message(result: BuildResult): string {
  return 'built' in result
    ? `event: built\ndata: ${result.built}\n\n`
    : `event: failed\ndata: ${JSON.stringify(result.failed)}\n\n`
}
