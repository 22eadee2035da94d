import { InvalidArgumentError } from 'commander'
import { colorsNamed, parseHex } from 'culori/fn'

// What options take. Each reads its text or says what was expected; commander says which option and what came.

const MILLIMETRES: Record<string, number> = { mm: 1, cm: 10, in: 25.4, px: 25.4 / 96, pt: 25.4 / 72, '': 1 }

/** A length in millimetres; mm, cm, in, px (96 an inch) and pt are understood, a bare number is millimetres. */
export function length(least: number, most: number): (text: string) => number {
  return (text) => {
    const [, digits, unit] = /^(\d+\.?\d*|\.\d+) ?(mm|cm|in|px|pt|)$/i.exec(text.trim()) ?? []
    if (digits === undefined || unit === undefined)
      throw new InvalidArgumentError('Expected a length such as 180mm, 18cm, 7in or 680px.')
    const millimetres = Number(digits) * MILLIMETRES[unit.toLowerCase()]
    if (!(millimetres >= least && millimetres <= most))
      throw new InvalidArgumentError(`Expected ${least}mm to ${most}mm.`)
    return millimetres
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

/** A colour as SVG knows it; a shell takes # for a comment, so it may be left out before hex digits. */
export function color(text: string): string {
  if (parseHex(text)) return text.startsWith('#') ? text : `#${text}`
  if (Object.hasOwn(colorsNamed, text.toLowerCase())) return text
  throw new InvalidArgumentError("Expected a colour such as '#1f2a44' or navy.")
}

export function colorOrNone(text: string): string | undefined {
  return text === 'none' ? undefined : color(text)
}
