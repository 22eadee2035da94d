import { type CellOrder, Pen, type State, Svg } from 'longhand'
import { windowSvg } from '../frame/page-layout.ts'
import type { Palette } from '../frame/palette.ts'
import { blend, type Rgb, rgb } from '../frame/rgb.ts'
import { type Line, moveToPoint } from '../frame/written-line.ts'

const EASE = 0.4

/** Returns how far a cell is from its mean, −1…1: ±0.76 at two standard deviations. */
export function activity({ h }: State, cell: number, { sign, mean, deviation }: CellOrder): number {
  return sign[cell] * Math.tanh((h[cell] - mean[cell]) / (2 * deviation[cell]))
}

/** Returns a diverging color: cool at −1, paper at 0, accent at 1. */
function diverging(value: number, { cool, paper, accent }: Palette): string {
  return `rgb(${shade(value, rgb(cool), rgb(paper), rgb(accent)).map(Math.round).join(' ')})`
}

/** Blends three colors. @param value −1 for the first, 0 for the second, 1 for the third */
export function shade(value: number, low: Rgb, middle: Rgb, high: Rgb): Rgb {
  return blend(middle, value < 0 ? low : high, Math.abs(value))
}

/** Draws a line in the colors of a cell, wider where the cell is further from its mean. */
export function drawActivity(
  context: CanvasRenderingContext2D,
  line: Line,
  cell: number,
  cells: CellOrder,
  colors: Palette,
  width: (loudness: number) => number,
): void {
  const pen = new Pen()
  let eased = 0 // smoothed: no beads where a cell is active for a single movement
  line.points.forEach((_, n) => {
    const state = line.states[n]
    const value = state ? activity(state, cell, cells) : 0
    eased += EASE * (Math.abs(value) - eased)
    context.strokeStyle = diverging(value, colors)
    context.lineWidth = width(eased)
    context.beginPath()
    moveToPoint(line, n, pen, context)
    context.stroke()
  })
}

/** Exports the same for a pen plotter: one layer where the cell is above its mean, one where it is below. */
export function activitySvg(line: Line, cell: number, cells: CellOrder, colors: Palette, strokeWidth: number): string {
  const drawing = new Svg()
  for (const side of [1, -1]) {
    drawing.layer(side > 0 ? colors.accent : colors.cool, side > 0 ? 'above' : 'below')
    const pen = new Pen()
    line.points.forEach((_, n) => {
      const state = line.states[n]
      const isOn = (state ? activity(state, cell, cells) : 0) * side >= (side > 0 ? 0 : Number.MIN_VALUE)
      moveToPoint(line, n, pen, isOn ? drawing : undefined)
    })
  }
  return windowSvg(drawing, strokeWidth, `longhand, cell ${cell}`, { scale: line.scale })
}
