// Installs a virtual clock in a page before its own scripts: frames follow as fast as the machine can, each 1/60 s after
// the last. Every call of performance.now advances the clock a little, so that work with a time budget per frame does not
// depend on the load of the machine.
{
  const TICK = 1000 / 60 // ms
  const LOOK = 0.1 // ms per call of performance.now: about the time of a network step

  let time = 0
  let frames = 0
  let last = 0
  let waiting = new Map()

  performance.now = () => {
    time += LOOK
    return time
  }
  globalThis.requestAnimationFrame = (callback) => {
    waiting.set(++last, callback)
    return last
  }
  globalThis.cancelAnimationFrame = (id) => waiting.delete(id)

  function frame() {
    time = Math.max(time, ++frames * TICK)
    const due = waiting
    waiting = new Map()
    for (const callback of due.values()) {
      try {
        callback(time)
      } catch (error) {
        reportError(error)
      }
    }
  }

  // A task between two frames, for promises, messages and pointer events.
  const { port1, port2 } = new MessageChannel()
  let next
  port2.onmessage = () => next()
  const moment = () =>
    new Promise((resolve) => {
      next = resolve
      port1.postMessage(0)
    })

  globalThis.longhandClock = {
    /** Plays a number of frames. */
    async play(count) {
      for (let n = 0; n < count; n++) {
        frame()
        await moment()
      }
    },
  }
}
