import type { Model, PageOptions, Point, Weights } from 'longhand'
import { notice } from './notice.ts'
import { type Palette, palette } from './palette.ts'
import { Seeded } from './seeded.ts'
import { HandLine, type Line, VisitorLine, writeOn } from './written-line.ts'

const REST = 1.5 // seconds, after which a full page says that it is

export interface LinePageOptions {
  /** of the hand that writes */
  temperature: number
  /** where it writes, in the window as it is now */
  paper: () => PageOptions
  /** Another line stands on the page, or the same as it is read now: what was made of the old one is void. */
  onLine: () => void
  /** The same line is to be drawn anew: it is evening, or the window has changed. */
  onLook: () => void
  /** whether a pointer may write from there on; everywhere, if left out */
  mayWrite?: (point: Point) => boolean
}

/** A page with one line: a network's hand writes it, until the visitor takes the pen. Button `restart`: another hand. */
export class LinePage {
  line: Line
  colors: Palette = palette()
  readonly #seeded: Seeded
  readonly #options: LinePageOptions
  #revision = 0
  #rested = 0 // seconds, of a hand that has filled a page

  constructor(sheet: HTMLElement, weights: Weights, options: LinePageOptions) {
    this.#options = options
    this.#seeded = new Seeded(weights, () => {
      this.#show(new HandLine(this.model, options.temperature, options.paper()))
    })
    this.line = new VisitorLine(this.model, options.paper())
    writeOn(sheet, (point) => (options.mayWrite?.(point) === false ? undefined : this.#visitorsLine()))
  }

  get model(): Model {
    return this.#seeded.model
  }

  get seed(): number {
    return this.#seeded.seed
  }

  /** Whether the visitor's pen is on the paper. */
  get isWritten(): boolean {
    return this.line instanceof VisitorLine && this.line.writer.writing
  }

  /** The hand of a seed begins to write. */
  begin(seed: number): void {
    this.#seeded.begin(seed)
  }

  goOn(seconds: number, inTime: () => boolean): void {
    this.line.goOn(seconds, inTime)
    this.#rest(seconds)
    if (this.line.revision !== this.#revision) this.#show(this.line)
  }

  /** The window has another size, or evening has come. */
  layOut(): void {
    this.colors = palette()
    this.line.layOut(this.#options.paper())
    this.#options.onLook()
  }

  /** What is drawn within is drawn as large as the paper is shown. */
  onPaper(context: CanvasRenderingContext2D, draw: () => void): void {
    context.save()
    context.scale(this.line.scale, this.line.scale)
    context.lineCap = context.lineJoin = 'round'
    draw()
    context.restore()
  }

  /** A full page takes ink until it has been told that the next is another. */
  #visitorsLine(): VisitorLine {
    if (this.line instanceof VisitorLine && this.#rested < REST) return this.line
    const line = new VisitorLine(this.model, this.#options.paper())
    this.#show(line)
    return line
  }

  /** A visitor's page that is full, and the hand at rest. */
  #rest(seconds: number): void {
    const { line } = this
    const before = this.#rested
    this.#rested = line instanceof VisitorLine && line.full && !line.writer.writing ? before + seconds : 0
    if (before < REST && this.#rested >= REST) notice('The page is full. What you write next begins another.')
  }

  #show(line: Line): void {
    if (this.#rested >= REST) notice('')
    this.#rested = 0
    this.line = line
    this.#revision = line.revision
    this.#options.onLine()
  }
}
