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

let shown = '' // the first error: later ones usually follow from it

function show(text: string): void {
  if (shown) return
  shown = text
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => display(text))
  else display(text)
}

function display(text: string): void {
  const line = document.getElementById('notice') ?? document.body.appendChild(document.createElement('p'))
  line.setAttribute('role', 'alert')
  line.className = ''
  line.hidden = false
  line.textContent = text
}

addEventListener('error', ({ error, message, filename, lineno }) => {
  show(describeError(error ?? message, filename, lineno))
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
        if (!shown) console.error(error)
        show(describeError(error))
        return undefined
      }
    }
  }
})
