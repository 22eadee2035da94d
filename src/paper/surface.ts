/**
 * Anything that lines can be drawn on: a canvas context, a Path2D, an `Svg`, a plotter. On a surface without
 * `quadraticCurveTo`, curves become polylines.
 */
export interface Surface {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  quadraticCurveTo?(controlX: number, controlY: number, x: number, y: number): void
}
