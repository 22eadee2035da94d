import type { InkPoint } from '../ink/point.ts'
import { type InkListener, Strokes } from '../ink/strokes.ts'

export interface PointerOptions {
  /** every finger draws a stroke of its own, not one at a time; see `Strokes` */
  every?: boolean
}

/** The left button, a finger or the tip of a pen. */
const MAIN_BUTTON = 0

/**
 * Listens to the pointers that draw on an element: mouse, fingers and pens, at the full rate of the device where the
 * browser tells it. Every stroke that begins also ends, once: lifted outside of the window, cancelled by the browser,
 * robbed of its capture, or left alone when the window loses the focus.
 *
 * Points are in CSS pixels of the element, from its upper left corner within the border, however a transform has scaled
 * it. When the element changes its size under a pen (a phone is turned), the stroke ends there and another one begins.
 *
 * While it listens, the element neither scrolls nor zooms under a finger (`touch-action: none`) nor selects text.
 */
export function listenToPointers(
  element: HTMLElement,
  listener: InkListener,
  { every = false }: PointerOptions = {},
): { detach(): void } {
  const view = element.ownerDocument.defaultView ?? window
  const strokes = new Strokes(listener, every)
  const sizes = new Map<number, string>() // of the element as each stroke began
  const ending = new AbortController()
  const { signal } = ending

  function down(event: PointerEvent): void {
    // A mouse's other buttons, and a pen's, are somebody else's; so is what another listener has already used.
    if (event.button !== MAIN_BUTTON || event.defaultPrevented) return
    if (strokes.pointers.length === 0) sizes.clear() // every finger has another id, for weeks
    const box = measure(element)
    if (!strokes.down(event.pointerId, event.pointerType, inkPoint(event, box))) return
    sizes.set(event.pointerId, box.size)
    try {
      element.setPointerCapture(event.pointerId)
    } catch {
      // The pointer has gone already, or never was: an event made by a script. The window hears of its end all the same.
    }
  }

  function move(event: PointerEvent): void {
    if (event.pointerType === 'pen') strokes.pen(event.timeStamp)
    if (!strokes.pointers.includes(event.pointerId)) return
    if ((event.buttons & 1) === 0) {
      strokes.up(event.pointerId) // lifted where nobody saw it
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
  // A finger is captured by what it touched first; that a child of the element has lost it to the element ends nothing.
  const lost = (event: PointerEvent) => event.target === element && cancel(event)
  const cancelAll = () => strokes.cancel()
  const whileDrawing = (event: Event) => strokes.pointers.length > 0 && event.preventDefault()

  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('lostpointercapture', lost, { signal })
  // An iPhone looks at touch-action only where it feels like it; a long press opens a menu, a drag drags the picture.
  element.addEventListener('touchmove', whileDrawing, { signal, passive: false })
  element.addEventListener('contextmenu', whileDrawing, { signal })
  element.addEventListener('dragstart', whileDrawing, { signal })
  // At the window and before all others: whoever catches them or stops them, and if the element leaves the page.
  view.addEventListener('pointermove', move, { signal, capture: true })
  view.addEventListener('pointerup', up, { signal, capture: true })
  view.addEventListener('pointercancel', cancel, { signal, capture: true })
  view.addEventListener('blur', cancelAll, { signal })
  element.ownerDocument.addEventListener('visibilitychange', cancelAll, { signal })

  const { touchAction, webkitUserSelect } = element.style
  element.style.touchAction = 'none'
  element.style.webkitUserSelect = 'none' // by the name that Safari knows, and all others

  return {
    /** Stops listening. A stroke that is being drawn ends where it is. */
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
  /** CSS pixels of the element a pixel of the window */
  scaleX: number
  scaleY: number
  /** to tell whether it has changed */
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

/** Whether a place is one of the screen's own pixels: whoever knows no others, a mouse, says nothing else. */
function isWhole(place: number): boolean {
  const pixels = place * devicePixelRatio
  return Math.abs(pixels - Math.round(pixels)) < 1e-3
}
