import { type Movement, Page, type PageOptions, Svg } from 'longhand'
import { panelTop } from './knobs.ts'

const LINE_HEIGHT = 9.5 // model units
const CSS_PIXEL = 25.4 / 96 // millimetres

/** A page that fills the window, with margins, above the panel. */
export function windowSheet(unit: number): PageOptions {
  const margin = Math.max(24, 0.09 * innerWidth)
  const lineHeight = LINE_HEIGHT * unit
  const top = 70 + lineHeight / 2
  return { left: margin, right: innerWidth - margin, top, bottom: panelTop() - lineHeight / 2, lineHeight, unit }
}

/**
 * What was written on a page, as an SVG for a pen plotter or a frame: one path a stroke, a layer a line.
 * @param movements in model units
 * @param color of a line, by its number
 */
export function sheetSvg(
  movements: Movement[],
  options: PageOptions,
  strokeWidth: number,
  color: (line: number) => string,
  title: string,
): string {
  const page = new Page(options)
  const drawing = new Svg()
  for (let n = 0, layer = -1; n < movements.length; n++) {
    if (page.line !== layer) {
      layer = page.line
      drawing.layer(color(layer), `line ${layer + 1}`)
    }
    const [dx, dy, pen] = movements[n]
    page.write([dx * options.unit, dy * options.unit, pen], drawing)
  }
  return drawing.toString({ width: innerWidth, height: innerHeight, strokeWidth, millimetres: CSS_PIXEL, title })
}
