/**
 * Does something that can be stopped by Ctrl-C and its like. It is told by the signal, tidies up and throws the signal's
 * reason; then the program ends as it would have without, for its caller to see.
 */
export async function interruptibly(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  let came: NodeJS.Signals | undefined
  const interrupt = (signal: NodeJS.Signals) => {
    came = signal
    stop.abort(new Error('Stopped; nothing half done is left.'))
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    await action(stop.signal)
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    if (came) {
      process.stderr.write(`longhand: ${stop.signal.reason.message}\n`)
      process.kill(process.pid, came)
    }
  }
}
