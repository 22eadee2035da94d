/**
 * Shows errors of a global-mode sketch on the page, with file, line, and message. Put its script tag before all others.
 *
 * A page opened from a disk gets no details from the browser's error event. So p5's callbacks are wrapped, which also lets the
 * sketch continue after an error in one frame.
 */
import { describeError } from './describe-error.ts'

const CALLBACKS = [
  ...['preload', 'setup', 'draw', 'windowResized'],
  ...['mousePressed', 'mouseReleased', 'mouseClicked', 'doubleClicked', 'mouseMoved', 'mouseDragged', 'mouseWheel'],
  ...['touchStarted', 'touchMoved', 'touchEnded', 'keyPressed', 'keyReleased', 'keyTyped'],
]

let shown = ''

function show(text: string): void {
  if (text === shown) return
  shown = text
  let line = document.getElementById('notice')
  if (!line) {
    line = document.createElement('p')
    document.body.append(line)
  }
  line.setAttribute('role', 'alert')
  line.className = ''
  line.hidden = false
  line.textContent = text
}

addEventListener('error', ({ error, message, filename, lineno }) => {
  if (!shown) show(describeError(error ?? message, filename, lineno))
})
addEventListener('unhandledrejection', ({ reason }) => show(describeError(reason)))

addEventListener('DOMContentLoaded', () => {
  const page = globalThis as unknown as Record<string, unknown>
  for (const name of CALLBACKS) {
    const callback = page[name]
    if (typeof callback !== 'function') continue
    page[name] = function (this: unknown, ...values: unknown[]) {
      try {
        const result: unknown = callback.apply(this, values)
        if (result instanceof Promise) result.catch((error: unknown) => show(describeError(error)))
        return result
      } catch (error) {
        if (shown !== describeError(error)) console.error(error)
        show(describeError(error))
        return undefined
      }
    }
  }
})
