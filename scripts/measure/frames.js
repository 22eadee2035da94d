// Runs in a page before its own scripts and measures the time per frame, in total and in the network.
{
  const now = performance.now.bind(performance)
  const most = 100_000
  const frames = new Float64Array(most)
  const network = new Float64Array(most)
  let count = 0
  let last = now()
  let spent = 0
  let depth = 0

  const timed = (method) =>
    function (...values) {
      if (depth > 0) return method.apply(this, values)
      const begun = now()
      depth++
      try {
        return method.apply(this, values)
      } finally {
        depth--
        spent += now() - begun
      }
    }

  // Wrap the methods of Model and Paths as soon as the script tag defines them.
  Object.defineProperty(globalThis, 'longhand', {
    configurable: true,
    set(longhand) {
      Object.defineProperty(globalThis, 'longhand', { value: longhand, configurable: true })
      for (const { prototype } of [longhand.Model, longhand.Paths]) {
        for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
          if (name === 'constructor' || /^rand|_scale_factor$/.test(name)) continue
          if (typeof value === 'function') prototype[name] = timed(value)
        }
      }
    },
  })

  globalThis.longhandFrames = {
    reset() {
      count = spent = 0
      last = now()
    },
    /** Records the end of a frame. */
    frame() {
      const time = now()
      frames[count % most] = time - last
      network[count % most] = spent
      last = time
      spent = 0
      count++
    },
    /** Returns ms per frame, in total and in the network. */
    read: () => ({ frames: [...frames.subarray(0, count)], network: [...network.subarray(0, count)] }),
  }

  const tick = () => {
    globalThis.longhandFrames.frame()
    requestAnimationFrame(tick)
  }
  addEventListener('load', () => requestAnimationFrame(tick))
}
