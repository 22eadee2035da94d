/**
 * Runs an action that SIGINT (Ctrl-C) and SIGTERM abort: it cleans up and throws the reason of the AbortSignal. The
 * process then ends by the same signal, so that its parent sees why.
 */
export async function interruptibly(action: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  let came: NodeJS.Signals | undefined
  const interrupt = (signal: NodeJS.Signals) => {
    came = signal
    stop.abort(new Error('Stopped; no incomplete file is left.'))
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
