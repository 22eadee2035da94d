/** A character as the text network reads it. */
export interface Character {
  /** 1…95 for ASCII 32…126; NEWLINE for a line break */
  readonly code: number
  /** where it stands in the source text, as an index of the string */
  readonly index: number
  /** combining marks to draw over it, U+0300… */
  readonly marks: string
}

export const END = 0
export const SPACE = 1
/** The code of a line break, which the network never reads. */
export const NEWLINE = -1

/** Called with a character that cannot be written and its index. */
export type OnUnknown = (character: string, index: number) => void

// The combining marks that `marks.ts` can draw.
const MARKS = '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030A\u030B\u030C\u0326\u0327\u0328\u0335'
const INVISIBLE = '\r\u00AD\u200B\u200C\u200D\u2060\uFE0E\uFE0F\uFEFF'
const STROKE = '\u0335'

// What Unicode does not decompose into ASCII and marks.
const REPLACEMENTS: Readonly<Record<string, string>> = {
  '\t': ' ',
  '\u2028': '\n',
  '\u2029': '\n',
  '‘': "'",
  '’': "'",
  '‚': ',',
  '‛': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '‹': '<',
  '›': '>',
  '«': '<<',
  '»': '>>',
  '′': "'",
  '″': '"',
  '´': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '•': '-',
  '·': '.',
  '…': '...',
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  þ: 'th',
  Þ: 'Th',
  ĳ: 'ij',
  Ĳ: 'IJ',
  ŉ: "'n",
  ı: 'i',
  ĸ: 'k',
  ŋ: 'n',
  Ŋ: 'N',
  ſ: 's',
  ŀ: 'l.',
  Ŀ: 'L.',
  ø: `o${STROKE}`,
  Ø: `O${STROKE}`,
  đ: `d${STROKE}`,
  Đ: `D${STROKE}`,
  ð: `d${STROKE}`,
  Ð: `D${STROKE}`,
  ħ: `h${STROKE}`,
  Ħ: `H${STROKE}`,
  ł: `l${STROKE}`,
  Ł: `L${STROKE}`,
  ŧ: `t${STROKE}`,
  Ŧ: `T${STROKE}`,
}

/**
 * Converts a text into characters that the network knows. Letters of Latin-1 and Latin Extended-A become a letter of ASCII with
 * marks; typographic quotes, dashes, and the ellipsis become ASCII; every kind of space becomes a space.
 * @param onUnknown receives each character that cannot be written, which is then left out
 * @throws RangeError naming the character and its place, where `onUnknown` is left out
 */
export function charactersOf(text: string, onUnknown?: OnUnknown): Character[] {
  if (typeof text !== 'string') throw new TypeError(`Expected text, got ${text === null ? 'null' : typeof text}.`)
  const characters: { code: number; index: number; marks: string }[] = []
  let index = 0
  for (const symbol of text) {
    for (const part of decompose(symbol)) {
      const code = codeOf(part)
      const last = characters.at(-1)
      if (code !== undefined) characters.push({ code, index, marks: '' })
      else if (MARKS.includes(part) && last && last.code > SPACE) last.marks += part
      else if (!INVISIBLE.includes(part)) reportUnknown(symbol, index, onUnknown)
    }
    index += symbol.length
  }
  return characters
}

function decompose(symbol: string): string {
  const replaced = REPLACEMENTS[symbol]
  if (replaced !== undefined) return replaced
  if (/\s/.test(symbol) && symbol !== '\n' && symbol !== '\r') return ' '
  return symbol.normalize('NFD')
}

function codeOf(part: string): number | undefined {
  if (part === '\n') return NEWLINE
  const code = part.charCodeAt(0) - 31
  return code >= SPACE && code <= 95 ? code : undefined
}

function reportUnknown(symbol: string, index: number, onUnknown?: OnUnknown): void {
  if (onUnknown) {
    onUnknown(symbol, index)
    return
  }
  const codePoint = symbol.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')
  throw new RangeError(
    `Expected letters, digits, and punctuation of Latin script, got "${symbol}" (U+${codePoint}) at index ${index}. Pass onUnknown to leave such characters out.`,
  )
}
