import type { Surface } from './surface.ts'

export interface SvgOptions {
  /** of the page, in drawing units */
  width: number
  height: number
  /** in drawing units */
  strokeWidth: number
  /** millimeters per drawing unit, for a page in its real size; left out, a drawing unit is a CSS pixel */
  millimeters?: number
  /** a color behind everything; left out, none, as plotters need it */
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

const FINEST = 0.01 // of a pixel or a millimeter: finer than any screen or plotter

/**
 * A surface that becomes an SVG: single lines, one path per stroke, one layer per color (layers as Inkscape and plotter
 * software know them). A `moveTo` to where the line just ended continues the same path.
 */
export class Svg implements Surface {
  readonly #layers: Layer[] = []
  #x = Number.NaN
  #y = Number.NaN

  /** @param color of what is drawn before the first call of `layer` */
  constructor(color = '#000000') {
    this.layer(color)
  }

  /** Starts a new layer for what is drawn from now on. Empty layers are not exported. */
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

  /** Returns the file. @throws RangeError unless all sizes are finite and above 0, TypeError without options */
  toString(options: SvgOptions): string {
    if (typeof options !== 'object' || options === null)
      throw new TypeError(`Expected options { width, height, strokeWidth }, got ${String(options)}.`)
    const { width, height, strokeWidth, millimeters, background, title, description } = options
    checkSizes({ width, height, strokeWidth, ...(millimeters !== undefined && { millimeters }) })
    const round = rounded(Math.min(FINEST, FINEST / (millimeters ?? 1))) // a drawing unit may be an inch
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

/** Returns a function that rounds to the decimals of a step. */
function rounded(finest: number): (value: number) => string {
  const perUnit = 10 ** Math.ceil(-Math.log10(finest))
  return (value) => String(Math.round(value * perUnit) / perUnit)
}

function escapeXml(text: string): string {
  const valid = text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, '') // XML cannot express control characters
  return valid.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
