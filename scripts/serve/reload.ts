import type { IncomingMessage, ServerResponse } from 'node:http'

/** What the last build came to. */
export type Outcome = { built: number } | { broken: string }

/** Tells open pages, through server-sent events, what the last build came to. */
export class Reload {
  #listeners = new Set<ServerResponse>()
  #last: Outcome | undefined

  /** A page begins to listen; it hears at once how things stand. */
  listen(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.write('retry: 500\n\n')
    if (this.#last) response.write(message(this.#last))
    this.#listeners.add(response)
    request.on('close', () => this.#listeners.delete(response))
  }

  tell(outcome: Outcome): void {
    this.#last = outcome
    for (const response of this.#listeners) response.write(message(outcome))
  }

  close(): void {
    for (const response of this.#listeners) response.end()
  }
}

function message(outcome: Outcome): string {
  return 'built' in outcome
    ? `event: built\ndata: ${outcome.built}\n\n`
    : `event: broken\ndata: ${JSON.stringify(outcome.broken)}\n\n`
}
