import { capturePointer } from '../frame/capture.ts'

const TAP_TRAVEL = 7 // pixels that a pointer may move during a tap
const WHEEL_ZOOM = 0.0016 // logarithm of the zoom per pixel of the wheel
const MAX_WHEEL = 400 // pixels per event

export interface GestureListener {
  /** Called for one finger, or the mouse without modifiers. Distances are in CSS pixels. */
  onDrag(dx: number, dy: number): void
  /** Called for two fingers, the mouse with shift or another button, and the wheel: a shift, and a zoom about (x, y). */
  onView(dx: number, dy: number, factor: number, x: number, y: number): void
  onTap(x: number, y: number): void
  onHover(x: number, y: number): void
}

interface Pointer {
  x: number
  y: number
}

/** Translates pointer and wheel events of an element into gestures. */
export function listenToGestures(element: HTMLElement, listener: GestureListener): void {
  const pointers = new Map<number, Pointer>()
  let mode: 'drag' | 'view' = 'drag'
  let travelled = 0

  element.addEventListener('pointerdown', (event) => {
    if (pointers.size === 0) {
      travelled = 0
      mode = event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey ? 'view' : 'drag'
    } else {
      mode = 'view' // until all fingers are up: the last of two fingers does not drag
      travelled = TAP_TRAVEL
    }
    pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    capturePointer(element, event.pointerId)
  })

  element.addEventListener('pointermove', ({ pointerId, clientX: x, clientY: y }) => {
    const pointer = pointers.get(pointerId)
    if (!pointer) return listener.onHover(x, y)
    const before = spanOf(pointers)
    travelled += Math.hypot(x - pointer.x, y - pointer.y)
    const dx = x - pointer.x
    const dy = y - pointer.y
    pointers.set(pointerId, { x, y })
    if (mode === 'drag') return listener.onDrag(dx, dy)
    const after = spanOf(pointers)
    const factor = before.distance > 0 ? after.distance / before.distance : 1
    listener.onView(after.x - before.x, after.y - before.y, factor, after.x, after.y)
  })

  const lift = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return
    if (event.type === 'pointerup' && pointers.size === 0 && travelled < TAP_TRAVEL)
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
      const factor = Math.exp(-WHEEL_ZOOM * Math.min(Math.max(pixels, -MAX_WHEEL), MAX_WHEEL))
      listener.onView(0, 0, factor, event.clientX, event.clientY)
    },
    { passive: false },
  )
}

/** Returns the point between the first two pointers and their distance; 0 for a single one. */
function spanOf(pointers: ReadonlyMap<number, Pointer>): { x: number; y: number; distance: number } {
  const [one, other = one] = pointers.values()
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, distance: Math.hypot(one.x - other.x, one.y - other.y) }
}
