import { Command, Option } from 'commander'
import { FreeHand, Manuscript, Model, Random } from '../../src/index.ts'
import { Failure } from './failure.ts'
import { output, STDOUT } from './output.ts'
import { color, colorOrNone, decimal, integer, length } from './values.ts'
import { readWeights } from './weights-file.ts'
import { createScribe, type TextOptions, textSvg, textToWrite } from './write-text.ts'

// Lengths are in millimeters.
interface Options extends TextOptions {
  seed?: number
  temperature?: number
  width: number
  lines: number
  xHeight: number
  lineHeight?: number
  margin?: number
  pen: number
  color: string
  background?: string
  weights?: string | URL
  out: string
}

type Drawing = Omit<Options, 'weights' | 'out' | 'seed' | 'temperature' | keyof TextOptions> & { temperature: number }

const LINE_HEIGHT = 4.4 // x-heights: descenders of one line just miss the ascenders of the next
const MARGIN = 0.1 // of the width
const OVERRUN = 8 // model units that a word may run past the end of its line, if the margin is that wide
const SHORTEST_LINE = 20 // x-heights: about six letters

// Movements per model unit of line, after which the writing is considered stuck in one place. It usually needs about 7.
const LONGEST = 40

const TEMPERATURE = 0.5
const TEXT_TEMPERATURE = 0.3

export function writeCommand(handwriting: URL, scribe: URL): Command {
  return new Command('write')
    .description('Write a page by hand, as SVG: single lines, in millimeters, ready for a pen plotter.')
    .option('-s, --seed <number>', 'the same seed writes the same page (default: random)', integer(0, 2 ** 32 - 1))
    .option('--text <text>', 'the text to write (default: free writing)')
    .option('--text-file <file>', 'a file with the text to write; - is standard input')
    .option('--hand <name>', 'the hand that writes the text, see longhand hands --list (default: the first)')
    .option(
      '-t, --temperature <number>',
      `0.3 is calm, 0.8 is wild (default: ${TEMPERATURE}; ${TEXT_TEMPERATURE} for a text)`,
      decimal(0, 2),
    )
    .addOption(size('-w, --width <length>', 'of the page; its height follows from the lines', 10, 5000, 180))
    .option('-n, --lines <number>', 'number of lines', integer(1, 1000), 5)
    .addOption(size('--x-height <length>', 'of the small letters', 0.2, 200, 2.5))
    .addOption(size('--line-height <length>', `from line to line (default: ${LINE_HEIGHT} x-heights)`, 0.2, 1000))
    .addOption(size('--margin <length>', 'around the lines (default: a tenth of the width)', 0, 2000))
    .addOption(size('--pen <length>', 'width of the stroke', 0.01, 50, 0.35))
    .option('--color <color>', 'of the ink', color, '#1f2a44')
    .option('--background <color>', 'of the paper; none for a plotter', colorOrNone, '#faf7f0')
    .option('--weights <file>', "another network's weights (default: longhand's own handwriting)")
    .option('-o, --out <file>', 'the SVG file; - is standard output', STDOUT)
    .addHelpText(
      'after',
      `
Lengths are in mm, cm, in, px, or pt; a bare number is in millimeters.

Examples:
  longhand write --seed 7 --temperature 0.5 --width 180mm --lines 5 --out page.svg
  longhand write --width 29.7cm --lines 12 --x-height 4mm --pen 0.5mm --out poster.svg
  longhand write --text "Dear reader," --hand alder --seed 7 --out letter.svg
  longhand write --lines 1 --margin 4mm --background none > line.svg`,
    )
    .action((options) => write(options, handwriting, scribe))
}

/** Returns an option that takes a length, in millimeters. */
function size(flags: string, description: string, least: number, most: number, standard?: number): Option {
  const option = new Option(flags, description).argParser(length(least, most))
  return standard === undefined ? option : option.default(standard, `${standard}mm`)
}

async function write(options: Options, handwriting: URL, scribe: URL): Promise<void> {
  const { text, textFile, hand, weights: file, out, seed, temperature, ...page } = options
  const source = await textToWrite({ text, textFile })
  if (source !== undefined) {
    const writer = await createScribe(file ?? scribe, seed)
    sayNewSeed(seed, writer.random)
    const margin = page.margin ?? MARGIN * page.width
    const lineHeight = page.lineHeight ?? LINE_HEIGHT * page.xHeight
    const lines = [[hand ?? writer.hands[0], source] as const]
    return output(out, textSvg(writer, lines, temperature ?? TEXT_TEMPERATURE, { ...page, margin, lineHeight }))
  }
  if (hand !== undefined) throw new Failure('Expected --text or --text-file with --hand, got neither.')
  const { weights } = await readWeights(file ?? handwriting)
  const random = new Random(seed)
  sayNewSeed(seed, random)
  const svg = drawPage(new Model(weights, random), { ...page, temperature: temperature ?? TEMPERATURE }, showLine)
  showLine()
  await output(out, svg)
}

function sayNewSeed(seed: number | undefined, random: Random): void {
  if (seed === undefined) process.stderr.write(`Seed ${random.seed}: --seed ${random.seed} writes this again.\n`)
}

/** Writes the page and returns it as SVG. */
function drawPage(model: Model, options: Drawing, atLine: (line: number) => void): string {
  const { temperature, width, lines, xHeight, pen } = options
  const lineHeight = options.lineHeight ?? LINE_HEIGHT * xHeight
  const margin = Math.max(options.margin ?? MARGIN * width, pen / 2)
  const lineWidth = width - 2 * margin
  if (lineWidth < SHORTEST_LINE * xHeight)
    throw new Failure(
      `Expected lines of ${round(SHORTEST_LINE * xHeight)}mm or more between the margins, got ${round(lineWidth)}mm` +
        ` for an x-height of ${round(xHeight)}mm.`,
    )

  const unit = xHeight / model.weights.metrics.xHeight
  const top = margin + lineHeight / 2
  const page = new Manuscript({
    left: margin,
    right: width - margin,
    top,
    bottom: top + (lines - 1 + 1e-6) * lineHeight, // with a tolerance for rounding
    lineHeight,
    unit,
    overrun: Math.min(OVERRUN * unit, margin - pen / 2),
  })
  const hand = new FreeHand(model)
  const longest = (LONGEST * lines * lineWidth) / unit
  for (let n = 0, line = -1; !page.full; n++) {
    if (page.line !== line) {
      line = page.line
      atLine(line)
    }
    if (n > longest) throw new Failure(stuck(model, temperature))
    page.add(hand.write(temperature), undefined)
  }

  return page.svg({
    color: () => options.color,
    layer: () => '1 ink',
    width,
    height: 2 * margin + lines * lineHeight,
    strokeWidth: pen,
    millimeters: 1,
    title: 'Handwriting',
    description: describe(model, temperature),
    ...(options.background && { background: options.background }),
  })
}

/** Shows progress on a terminal; without a number, clears it. */
function showLine(line?: number): void {
  if (process.stderr.isTTY) process.stderr.write(line === undefined ? '\r\x1b[K' : `\rline ${line + 1} …`)
}

function describe({ weights, random }: Model, temperature: number): string {
  const { name, license, attribution } = weights
  const source = [name, attribution, license].filter(Boolean).join('; ')
  return `Written by longhand, seed ${random.seed}, temperature ${temperature}. Weights: ${source}.`
}

function stuck({ random }: Model, temperature: number): string {
  return (
    `Expected writing that moves to the right, got movements in one place with seed ${random.seed} at temperature ${temperature}.` +
    ' Try another seed or a higher temperature.'
  )
}

function round(millimeters: number): string {
  return String(Math.round(millimeters * 100) / 100)
}
