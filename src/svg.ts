import type { Surface } from './pen.ts'

export interface SvgOptions {
  /** of the page, in the units that were drawn in */
  width: number
  height: number
  /** of the line, in the same units */
  strokeWidth: number
  /** left out, one drawn unit is one CSS pixel; otherwise the page's real size: millimetres a drawn unit */
  millimetres?: number
  /** a colour behind everything; left out, nothing, as a plotter wants it */
  background?: string
  title?: string
  description?: string
}

interface Layer {
  name: string
  color: string
  paths: string[]
}

/**
 * A surface that becomes an SVG: single lines, one path a stroke, a layer a colour (layers as Inkscape and plotter
 * software know them). A moveTo to where the line has just ended goes on with the same path.
 */
export class Svg implements Surface {
  readonly #layers: Layer[] = []
  #x = Number.NaN
  #y = Number.NaN

  /** @param color of what is drawn until `layer` is called */
  constructor(color = '#000000') {
    this.layer(color)
  }

  /** What is drawn from now on goes on a layer of its own. A layer that nothing was drawn on leaves no trace. */
  layer(color: string, name = `${this.#layers.length + 1}`): void {
    this.#layers.push({ name, color, paths: [] })
    this.#x = this.#y = Number.NaN
  }

  moveTo(x: number, y: number): void {
    if (x === this.#x && y === this.#y) return
    this.#current.paths.push(`M${point(x, y)}`)
    this.#endsAt(x, y)
  }

  lineTo(x: number, y: number): void {
    this.#extend(`L${point(x, y)}`)
    this.#endsAt(x, y)
  }

  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void {
    this.#extend(`Q${point(controlX, controlY)} ${point(x, y)}`)
    this.#endsAt(x, y)
  }

  /** The file. RangeError for a size that is not above 0 and finite. */
  toString({ width, height, strokeWidth, millimetres, background, title, description }: SvgOptions): string {
    checkSizes({ width, height, strokeWidth, ...(millimetres !== undefined && { millimetres }) })
    const length = (drawn: number) => (millimetres ? `${round(drawn * millimetres)}mm` : round(drawn))
    const lines = [
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"' +
        ` width="${length(width)}" height="${length(height)}" viewBox="0 0 ${round(width)} ${round(height)}">`,
    ]
    if (title) lines.push(`<title>${escapeXml(title)}</title>`)
    if (description) lines.push(`<desc>${escapeXml(description)}</desc>`)
    if (background) lines.push(`<rect width="100%" height="100%" fill="${escapeXml(background)}"/>`)
    for (const { name, color, paths } of this.#layers.filter(({ paths }) => paths.length > 0))
      lines.push(
        `<g inkscape:groupmode="layer" inkscape:label="${escapeXml(name)}" fill="none" stroke="${escapeXml(color)}"` +
          ` stroke-width="${round(strokeWidth)}" stroke-linecap="round" stroke-linejoin="round">`,
        ...paths.map((path) => `<path d="${path}"/>`),
        '</g>',
      )
    lines.push('</svg>')
    return `${lines.join('\n')}\n`
  }

  get #current(): Layer {
    return this.#layers[this.#layers.length - 1] as Layer
  }

  #extend(piece: string): void {
    const { paths } = this.#current
    if (paths.length === 0) throw new RangeError('Got a line without a beginning when expected a moveTo first.')
    paths[paths.length - 1] += piece
  }

  #endsAt(x: number, y: number): void {
    this.#x = x
    this.#y = y
  }
}

function point(x: number, y: number): string {
  if (!Number.isFinite(x) || !Number.isFinite(y))
    throw new RangeError(`Got the point ${x}, ${y} when expected finite numbers.`)
  return `${round(x)} ${round(y)}`
}

function checkSizes(sizes: Record<string, number>): void {
  for (const [name, size] of Object.entries(sizes))
    if (!(size > 0 && size < Number.POSITIVE_INFINITY))
      throw new RangeError(`Got ${name} ${size} when expected a finite number above 0.`)
}

/** A hundredth of a pixel or millimetre is finer than any screen or plotter. */
function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escapeXml(text: string): string {
  const known = text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '') // XML has no way to write the others
  return known.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
