/** Milliseconds in which a page handles the messages that arrived while it was busy. */
const BACKLOG = 1.5

/** Tells whether the page is catching up on messages, so that their arrival says nothing about when they were sent. */
export interface MessageLag {
  /** Starts a measurement. */
  start(): void
  /** whether the page has handled a message sent at `start` only just now, or not yet */
  readonly isCatchingUp: boolean
}

/** Creates a measurement of how long the page takes to handle messages, by posting one to itself. */
export function createMessageLag(): MessageLag {
  const { port1, port2 } = new MessageChannel()
  let handled = 0
  port1.onmessage = () => {
    handled = performance.now()
  }
  return {
    start() {
      handled = Number.POSITIVE_INFINITY
      port2.postMessage(0)
    },
    get isCatchingUp() {
      return performance.now() - handled < BACKLOG
    },
  }
}
