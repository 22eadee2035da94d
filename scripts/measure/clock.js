// Runs in a page before its own scripts, and gives it a clock that is ours: its frames come as fast as the machine goes, each
// a sixtieth of a second after the one before. Every look at the clock moves it on a little, so that what a page does
// while there is time left of a frame does not depend on how busy the machine is.
{
  const TICK = 1000 / 60 // ms
  const LOOK = 0.1 // ms: about what a step of the network takes

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

  // between two frames there is a moment for promises, messages and pointers
  const { port1, port2 } = new MessageChannel()
  let next
  port2.onmessage = () => next()
  const moment = () =>
    new Promise((resolve) => {
      next = resolve
      port1.postMessage(0)
    })

  globalThis.longhandClock = {
    /** Lets so many frames pass. */
    async play(count) {
      for (let n = 0; n < count; n++) {
        frame()
        await moment()
      }
    },
  }
}
