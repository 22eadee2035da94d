import { type Movement, Page, type PageOptions, Svg } from 'longhand'
import { panelTop } from './knobs.ts'

const LINE_HEIGHT = 9.5 // model units
const OVERRUN = 5 // model units that a word may go past the end of its line, and a tail into the panel's margin
const CSS_PIXEL = 25.4 / 96 // millimetres

/**
 * A page that fills the window, with margins, above the panel.
 * @param unit pixels a model unit
 * @param free model units at least that stay free on the right, for a hand that runs on past the end of a line
 */
export function windowSheet(unit: number, free = 0): PageOptions {
  const margin = Math.max(24, 0.09 * innerWidth)
  const lineHeight = LINE_HEIGHT * unit
  const overrun = Math.min(OVERRUN * unit, margin - 8)
  const top = Math.max(70, 0.08 * innerHeight) + lineHeight / 2
  const right = innerWidth - Math.max(margin, free * unit)
  const bottom = panelTop() - lineHeight / 2 - overrun
  return { left: margin, right, top, bottom, lineHeight, unit, overrun }
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
  return windowSvg(drawing, strokeWidth, title)
}

/**
 * The file of a drawing, in its real size.
 * @param size of the paper in the drawing's pixels, where it is not what the window shows; scale: at which it shows it
 */
export function windowSvg(
  drawing: Svg,
  strokeWidth: number,
  title: string,
  {
    scale = 1,
    width = innerWidth / scale,
    height = innerHeight / scale,
  }: { scale?: number; width?: number; height?: number } = {},
): string {
  return drawing.toString({ width, height, strokeWidth, millimetres: CSS_PIXEL, title })
}

/** One line of writing, or a few. @param middle of what is written, left out: of the page */
export function lineSheet(unit: number, lineHeight: number, lines = 1, middle = (60 + panelTop()) / 2): PageOptions {
  const left = Math.max(24, 0.08 * innerWidth)
  const top = middle - ((lines - 1) / 2) * lineHeight
  const bottom = top + (lines - 0.5) * lineHeight
  const overrun = OVERRUN * unit
  const right = innerWidth - left - overrun
  return { left, right, top, bottom, lineHeight, unit, overrun }
}
