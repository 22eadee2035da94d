import type { InkPoint } from 'longhand'

/** Converts an ink point from window pixels to page pixels. @param scale at which the page is shown */
export function unscaled({ x, y, t, pressure, grain = 0 }: InkPoint, scale: number): InkPoint {
  return { x: x / scale, y: y / scale, t, pressure, grain: grain / scale }
}
