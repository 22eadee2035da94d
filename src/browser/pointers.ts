import type { InkPoint } from '../ink/point.ts'
import { type InkListener, Strokes } from '../ink/strokes.ts'

export interface PointerOptions {
  /** true: every pointer draws a stroke of its own, not one at a time; see `Strokes` */
  every?: boolean
}

const MAIN_BUTTON = 0 // the left button, a finger, or the tip of a pen

/**
 * Listens to the pointers that draw on an element: mouse, touch, and pen, at the device's full rate where the browser
 * reports it. Every stroke that begins ends exactly once, even if the pointer is lifted outside the window, cancelled by the
 * browser, loses its capture, or the window loses focus.
 *
 * Points are in CSS pixels of the element, from the upper left corner inside its border, whatever transform scales it. When the
 * element changes size during a stroke (a phone is rotated), the stroke ends there and another one begins.
 *
 * While listening, the element neither scrolls nor zooms under a finger (`touch-action: none`), nor selects text.
 */
export function listenToPointers(
  element: HTMLElement,
  listener: InkListener,
  { every = false }: PointerOptions = {},
): { detach(): void } {
  const view = element.ownerDocument.defaultView ?? window
  const strokes = new Strokes(listener, every)
  const sizes = new Map<number, string>() // of the element when each stroke began
  const ending = new AbortController()
  const { signal } = ending

  function down(event: PointerEvent): void {
    // Ignore other buttons, and events that another listener has handled.
    if (event.button !== MAIN_BUTTON || event.defaultPrevented) return
    if (strokes.pointers.length === 0) sizes.clear() // every touch has a new id: do not collect them for weeks
    const box = measure(element)
    if (!strokes.down(event.pointerId, event.pointerType, inkPoint(event, box))) return
    sizes.set(event.pointerId, box.size)
    try {
      element.setPointerCapture(event.pointerId)
    } catch {
      // The pointer is gone already, or a script made the event. The window's listeners see its end anyway.
    }
  }

  function move(event: PointerEvent): void {
    if (event.pointerType === 'pen') strokes.pen(event.timeStamp)
    if (!strokes.pointers.includes(event.pointerId)) return
    if ((event.buttons & 1) === 0) {
      strokes.up(event.pointerId) // it was lifted outside the window
      return
    }
    const box = measure(element)
    if (box.size !== sizes.get(event.pointerId)) {
      strokes.up(event.pointerId, 'cancelled')
      const isSeen = element.getClientRects().length > 0
      if (isSeen && strokes.down(event.pointerId, event.pointerType, inkPoint(event, box)))
        sizes.set(event.pointerId, box.size)
      return
    }
    const coalesced = event.getCoalescedEvents?.() ?? []
    strokes.move(
      event.pointerId,
      (coalesced.length > 0 ? coalesced : [event]).map((e) => inkPoint(e, box)),
    )
  }

  function up(event: PointerEvent): void {
    const box = measure(element)
    if (box.size === sizes.get(event.pointerId)) strokes.move(event.pointerId, [inkPoint(event, box)])
    strokes.up(event.pointerId)
  }

  const cancel = ({ pointerId }: PointerEvent) => strokes.up(pointerId, 'cancelled')
  // A touch is captured by its first target: a child of the element losing it to the element ends nothing.
  const lost = (event: PointerEvent) => event.target === element && cancel(event)
  const cancelAll = () => strokes.cancel()
  const whileDrawing = (event: Event) => strokes.pointers.length > 0 && event.preventDefault()

  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('lostpointercapture', lost, { signal })
  // iPhones do not always respect touch-action; a long press opens a menu, and a drag drags the picture.
  element.addEventListener('touchmove', whileDrawing, { signal, passive: false })
  element.addEventListener('contextmenu', whileDrawing, { signal })
  element.addEventListener('dragstart', whileDrawing, { signal })
  // On the window, in the capture phase: works even if others stop the event or the element leaves the page.
  view.addEventListener('pointermove', move, { signal, capture: true })
  view.addEventListener('pointerup', up, { signal, capture: true })
  view.addEventListener('pointercancel', cancel, { signal, capture: true })
  view.addEventListener('blur', cancelAll, { signal })
  element.ownerDocument.addEventListener('visibilitychange', cancelAll, { signal })

  const { touchAction, webkitUserSelect } = element.style
  element.style.touchAction = 'none'
  element.style.webkitUserSelect = 'none' // the name that all browsers know, Safari included

  return {
    /** Stops listening. A stroke in progress ends where it is. */
    detach() {
      ending.abort()
      strokes.cancel()
      element.style.touchAction = touchAction
      element.style.webkitUserSelect = webkitUserSelect
    },
  }
}

interface Box {
  left: number
  top: number
  /** CSS pixels of the element per pixel of the window */
  scaleX: number
  scaleY: number
  /** identifies the size, to detect changes */
  size: string
}

function measure(element: HTMLElement): Box {
  const { left, top, width, height } = element.getBoundingClientRect()
  const scaleX = element.offsetWidth / width || 1
  const scaleY = element.offsetHeight / height || 1
  return {
    left: left + element.clientLeft / scaleX,
    top: top + element.clientTop / scaleY,
    scaleX,
    scaleY,
    size: `${element.offsetWidth} ${element.offsetHeight} ${width} ${height}`,
  }
}

function inkPoint(
  { clientX, clientY, timeStamp, pressure }: PointerEvent,
  { left, top, scaleX, scaleY }: Box,
): InkPoint {
  return {
    x: (clientX - left) * scaleX,
    y: (clientY - top) * scaleY,
    t: timeStamp,
    pressure,
    grain: isWhole(clientX) && isWhole(clientY) ? scaleX / devicePixelRatio : 0,
  }
}

/** Returns whether a coordinate is on a whole device pixel: a mouse reports only these. */
function isWhole(place: number): boolean {
  const pixels = place * devicePixelRatio
  return Math.abs(pixels - Math.round(pixels)) < 1e-3
}
