import { type Movement, Page, type PageOptions, Svg } from 'longhand'
import { panelTop } from './knobs.ts'

const LINE_HEIGHT = 9.5 // model units
export const CSS_PIXEL = 25.4 / 96 // millimetres

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
 * @param color of a movement, by the number of its line and its own
 * @param layer its name, likewise; all that have one name share a layer and a colour
 */
export function sheetSvg(
  movements: Movement[],
  options: PageOptions,
  strokeWidth: number,
  color: (line: number, n: number) => string,
  title: string,
  layer: (line: number, n: number) => string = (line) => `line ${line + 1}`,
): string {
  const drawing = new Svg()
  const colors = new Map<string, string>()
  // The page is written once to see what stands where, and then once for every layer.
  const writePage = (surface: (line: number, n: number) => Svg | undefined) => {
    const page = new Page(options)
    movements.forEach(([dx, dy, pen], n) => {
      page.write([dx * options.unit, dy * options.unit, pen], surface(page.line, n))
    })
  }
  const names: string[] = []
  writePage((line, n) => {
    names[n] = layer(line, n)
    if (!colors.has(names[n])) colors.set(names[n], color(line, n))
    return undefined
  })
  for (const [name, itsColor] of colors) {
    drawing.layer(itsColor, name)
    writePage((_, n) => (names[n] === name ? drawing : undefined))
  }
  return drawing.toString({ width: innerWidth, height: innerHeight, strokeWidth, millimetres: CSS_PIXEL, title })
}
