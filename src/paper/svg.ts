import type { Surface } from './surface.ts'

export interface SvgOptions {
  /** of the page, in the units that were drawn in */
  width: number
  height: number
  /** of the line, in the same units */
  strokeWidth: number
  /** left out, one drawn unit is one CSS pixel; otherwise the page's real size: millimeters a drawn unit */
  millimeters?: number
  /** a colour behind everything; left out, nothing, as a plotter wants it */
  background?: string
  title?: string
  description?: string
}

type Segment = readonly [command: 'M' | 'L' | 'Q', ...numbers: number[]]

interface Layer {
  name: string
  color: string
  paths: Segment[][]
}

const FINEST = 0.01 // of a pixel or a millimetre: finer than any screen or plotter

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
    this.#current.paths.push([checked(['M', x, y])])
    this.#endsAt(x, y)
  }

  lineTo(x: number, y: number): void {
    this.#extend(['L', x, y])
    this.#endsAt(x, y)
  }

  quadraticCurveTo(controlX: number, controlY: number, x: number, y: number): void {
    this.#extend(['Q', controlX, controlY, x, y])
    this.#endsAt(x, y)
  }

  /** The file. RangeError for a size that is not above 0 and finite. */
  toString({ width, height, strokeWidth, millimeters, background, title, description }: SvgOptions): string {
    checkSizes({ width, height, strokeWidth, ...(millimeters !== undefined && { millimeters }) })
    const round = rounded(Math.min(FINEST, FINEST / (millimeters ?? 1))) // a drawn unit may be an inch
    const length = (drawn: number) => (millimeters ? `${rounded(FINEST)(drawn * millimeters)}mm` : round(drawn))
    const text = ([command, ...numbers]: Segment) => command + numbers.map(round).join(' ')
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
        ...paths.map((path) => `<path d="${path.map(text).join('')}"/>`),
        '</g>',
      )
    lines.push('</svg>')
    return `${lines.join('\n')}\n`
  }

  get #current(): Layer {
    return this.#layers[this.#layers.length - 1] as Layer
  }

  #extend(segment: Segment): void {
    const { paths } = this.#current
    if (paths.length === 0) throw new RangeError('Expected moveTo before lineTo, got a line without a start.')
    paths[paths.length - 1].push(checked(segment))
  }

  #endsAt(x: number, y: number): void {
    this.#x = x
    this.#y = y
  }
}

function checked(segment: Segment): Segment {
  const [, ...numbers] = segment
  if (!numbers.every(Number.isFinite))
    throw new RangeError(`Expected a point of finite numbers, got ${numbers.join(', ')}.`)
  return segment
}

function checkSizes(sizes: Record<string, number>): void {
  for (const [name, size] of Object.entries(sizes))
    if (!(size > 0 && size < Number.POSITIVE_INFINITY))
      throw new RangeError(`Expected ${name} to be a finite number above 0, got ${size}.`)
}

/** Decimals of the finest step, and as many as that has. */
function rounded(finest: number): (value: number) => string {
  const perUnit = 10 ** Math.ceil(-Math.log10(finest))
  return (value) => String(Math.round(value * perUnit) / perUnit)
}

function escapeXml(text: string): string {
  const known = text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '') // XML has no way to write the others
  return known.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
