/** Captures a pointer for an element, so that its moves arrive from outside too. A pointer that is already gone is ignored. */
export function capturePointer(element: HTMLElement, pointerId: number): void {
  try {
    element.setPointerCapture(pointerId)
  } catch {
    // The pointer was lifted before the event arrived, or a script made the event.
  }
}
