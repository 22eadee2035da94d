import { text as readStream } from 'node:stream/consumers'
import { Manuscript, Random, Scribe } from '../../src/index.ts'
import { Failure } from './failure.ts'
import { readBytes, readTextWeights } from './weights-file.ts'

export interface TextOptions {
  text?: string | undefined
  textFile?: string | undefined
  hand?: string | undefined
}

/** The layout of the page, in millimeters. */
export interface TextPage {
  width: number
  margin: number
  lineHeight: number
  xHeight: number
  pen: number
  color: string
  background?: string | undefined
}

/** Returns the text to write; undefined if neither option was given. */
export async function textToWrite({ text, textFile }: TextOptions): Promise<string | undefined> {
  if (text !== undefined && textFile !== undefined) throw new Failure('Expected --text or --text-file, got both.')
  if (textFile === '-') return readStream(process.stdin)
  return textFile === undefined ? text : (await readBytes(textFile)).toString('utf8')
}

/** Loads a scribe. */
export async function createScribe(file: string | URL, seed?: number): Promise<Scribe> {
  const { weights } = await readTextWeights(file)
  return new Scribe(weights, new Random(seed))
}

/** Writes texts as SVG, each in a hand and from a new line: as many lines as they need, one layer. */
export function textSvg(
  scribe: Scribe,
  texts: readonly (readonly [hand: string, text: string])[],
  temperature: number,
  page: TextPage,
): string {
  const { width, margin, lineHeight, xHeight, pen, color, background } = page
  const unit = xHeight / scribe.weights.metrics.xHeight
  const manuscript = new Manuscript<number>({
    left: margin,
    right: width - margin,
    top: margin + 0.7 * lineHeight,
    bottom: Number.MAX_SAFE_INTEGER,
    lineHeight,
    unit,
    overrun: Math.max(margin - pen / 2, 0),
    level: true,
  })
  for (const [n, [hand, text]] of texts.entries()) {
    if (n > 0) manuscript.breakLine()
    addText(manuscript, scribe, text, hand, temperature)
  }
  return manuscript.svg({
    color: () => color,
    layer: () => '1 ink',
    width,
    height: 2 * margin + (manuscript.line + 1) * lineHeight,
    strokeWidth: pen,
    millimeters: 1,
    title: 'Handwriting',
    description: `Hand ${texts.map(([hand]) => hand).join(', ')}, seed ${scribe.random.seed}, temperature ${temperature}`,
    ...(background && { background }),
  })
}

/** Writes a text into a manuscript. Each movement's tag is the index of its character. */
function addText(
  manuscript: Manuscript<number>,
  scribe: Scribe,
  text: string,
  hand: string,
  temperature: number,
): void {
  try {
    for (const word of scribe.words(text, { hand, temperature })) {
      if (!word) continue
      for (let n = 0; n < word.breaks; n++) manuscript.breakLine()
      manuscript.addWord(word.movements, word.indices)
    }
  } catch (error) {
    throw error instanceof RangeError ? new Failure(error.message) : error
  }
}
