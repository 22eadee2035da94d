import type { InkPoint } from 'longhand'

/** Where on a paper a pen is, from where it is in the window. @param scale of the paper as it is shown */
export function onPaper({ x, y, t, pressure, grain = 0 }: InkPoint, scale: number): InkPoint {
  return { x: x / scale, y: y / scale, t, pressure, grain: grain / scale }
}
