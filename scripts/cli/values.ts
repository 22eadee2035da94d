import { InvalidArgumentError } from 'commander'
import { colorsNamed, parseHex } from 'culori/fn'

// Parsers of option values; commander adds the name of the option and the value to their errors.

const MILLIMETERS: Record<string, number> = { mm: 1, cm: 10, in: 25.4, px: 25.4 / 96, pt: 25.4 / 72, '': 1 }

/** Parses a length in mm, cm, in, px (96 per inch) or pt to millimeters; a bare number is in millimeters. */
export function length(least: number, most: number): (text: string) => number {
  return (text) => {
    const [, digits, unit] = /^(\d+\.?\d*|\.\d+) ?(mm|cm|in|px|pt|)$/i.exec(text.trim()) ?? []
    if (digits === undefined || unit === undefined)
      throw new InvalidArgumentError('Expected a length such as 180mm, 18cm, 7in or 680px.')
    const millimeters = Number(digits) * MILLIMETERS[unit.toLowerCase()]
    if (!(millimeters >= least && millimeters <= most))
      throw new InvalidArgumentError(`Expected ${least}mm to ${most}mm.`)
    return millimeters
  }
}

export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
    return value
  }
}

export function decimal(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a number from ${least} to ${most}.`)
    return value
  }
}

/** Parses a color as in SVG; # may be left out before hex digits, because a shell takes it for a comment. */
export function color(text: string): string {
  if (parseHex(text)) return text.startsWith('#') ? text : `#${text}`
  if (Object.hasOwn(colorsNamed, text.toLowerCase())) return text
  throw new InvalidArgumentError("Expected a color such as '#1f2a44' or navy.")
}

export function colorOrNone(text: string): string | undefined {
  return text === 'none' ? undefined : color(text)
}
