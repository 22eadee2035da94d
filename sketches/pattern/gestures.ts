const TAP = 7 // pixels that a tap may wander
const WHEEL = 0.0016 // of a zoom, a pixel of the wheel

export interface GestureListener {
  /** One finger, or the mouse without a modifier; CSS pixels. */
  onDrag(dx: number, dy: number): void
  /** Two fingers, the mouse with shift or its other buttons, or the wheel: the plane moves and grows about a point. */
  onView(dx: number, dy: number, factor: number, x: number, y: number): void
  onTap(x: number, y: number): void
  onHover(x: number, y: number): void
}

interface Finger {
  x: number
  y: number
}

/** What a mouse, a pen or some fingers do with a picture that they hold. */
export function listenToGestures(element: HTMLElement, listener: GestureListener): void {
  const fingers = new Map<number, Finger>()
  let mode: 'drag' | 'view' = 'drag'
  let travelled = 0

  element.addEventListener('pointerdown', (event) => {
    if (fingers.size === 0) {
      travelled = 0
      mode = event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey ? 'view' : 'drag'
    } else {
      mode = 'view' // until all fingers are up: whoever lifts one of two means no drag with the other
      travelled = TAP
    }
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    element.setPointerCapture(event.pointerId)
  })

  element.addEventListener('pointermove', ({ pointerId, clientX: x, clientY: y }) => {
    const finger = fingers.get(pointerId)
    if (!finger) return listener.onHover(x, y)
    const before = frameOf(fingers)
    travelled += Math.hypot(x - finger.x, y - finger.y)
    const dx = x - finger.x
    const dy = y - finger.y
    fingers.set(pointerId, { x, y })
    if (mode === 'drag') return listener.onDrag(dx, dy)
    const after = frameOf(fingers)
    const factor = before.spread > 0 ? after.spread / before.spread : 1
    listener.onView(after.x - before.x, after.y - before.y, factor, after.x, after.y)
  })

  const lift = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return
    if (event.type === 'pointerup' && fingers.size === 0 && travelled < TAP)
      listener.onTap(event.clientX, event.clientY)
  }
  element.addEventListener('pointerup', lift)
  element.addEventListener('pointercancel', lift)
  element.addEventListener('contextmenu', (event) => event.preventDefault())
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1)
      listener.onView(0, 0, Math.exp(-WHEEL * Math.min(Math.max(pixels, -400), 400)), event.clientX, event.clientY)
    },
    { passive: false },
  )
}

/** The middle of the fingers, and how far the first two are from each other. */
function frameOf(fingers: ReadonlyMap<number, Finger>): { x: number; y: number; spread: number } {
  const [one, other = one] = fingers.values()
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, spread: Math.hypot(one.x - other.x, one.y - other.y) }
}
