/** Reports drags that start on an element: each position, in pixels of the window, and the end, wherever it is. */
export function onDrag(element: HTMLElement, at: (x: number, y: number) => void, end: () => void): void {
  let held = false
  const tell = ({ buttons, clientX, clientY }: PointerEvent) => {
    if (held && buttons & 1) at(clientX, clientY)
  }
  element.addEventListener('pointerdown', (event) => {
    held = true
    tell(event)
  })
  element.addEventListener('pointermove', tell)
  for (const type of ['pointerup', 'pointercancel'])
    addEventListener(type, () => {
      if (held) end()
      held = false
    })
}
