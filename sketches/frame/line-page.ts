import type { Model, PageOptions, Point, Weights } from 'longhand'
import { HandLine } from './hand-line.ts'
import { notice } from './notice.ts'
import { type Palette, palette } from './palette.ts'
import { SeededModel } from './seeded-model.ts'
import { VisitorLine, writeOn } from './visitor-line.ts'
import type { Line } from './written-line.ts'

const FULL_DELAY = 1.5 // seconds until a full page says so

export interface LinePageOptions {
  /** of the network's writing */
  temperature: number
  /** the layout of the line in the current window */
  layout: () => PageOptions
  /** another line is shown, or the same after a new normalization: everything derived from the old one is obsolete */
  onLine: () => void
  /** the same line must be drawn again, after a change of the window or of day and night */
  onRedraw: () => void
  /** whether the visitor may start to write at a point; left out, everywhere */
  mayWrite?: (point: Point) => boolean
}

/** A page with one line, written by the network until the visitor takes the pen. Button `restart`: another seed. */
export class LinePage {
  line: Line
  colors: Palette = palette()
  readonly #seeded: SeededModel
  readonly #options: LinePageOptions
  #revision = 0
  #fullFor = 0 // seconds since the visitor filled the page

  constructor(container: HTMLElement, weights: Weights, options: LinePageOptions) {
    this.#options = options
    this.#seeded = new SeededModel(weights, () => {
      this.#show(new HandLine(this.model, options.temperature, options.layout()))
    })
    this.line = new VisitorLine(this.model, options.layout())
    writeOn(container, (point) => (options.mayWrite?.(point) === false ? undefined : this.#visitorsLine()))
  }

  get model(): Model {
    return this.#seeded.model
  }

  get seed(): number {
    return this.#seeded.seed
  }

  /** Whether the visitor's pen touches the page. */
  get isVisitorWriting(): boolean {
    return this.line instanceof VisitorLine && this.line.ink.writing
  }

  /** Starts the network's writing from a seed. @param seed left out, that of the address, or a fresh one */
  begin(seed?: number): void {
    this.#seeded.begin(seed)
  }

  /** Continues for one frame. */
  advance(seconds: number, hasTime: () => boolean): void {
    this.line.advance(seconds, hasTime)
    this.#noticeFull(seconds)
    if (this.line.revision !== this.#revision) this.#show(this.line)
  }

  /** Lays out the line again, after a change of the window or of day and night. */
  layOut(): void {
    this.colors = palette()
    this.line.layOut(this.#options.layout())
    this.#options.onRedraw()
  }

  /** Draws with the context scaled as the line is shown. */
  drawScaled(context: CanvasRenderingContext2D, draw: () => void): void {
    context.save()
    context.scale(this.line.scale, this.line.scale)
    context.lineCap = context.lineJoin = 'round'
    draw()
    context.restore()
  }

  /** Returns the visitor's line. A full page takes ink until the notice has said that the next ink starts another. */
  #visitorsLine(): VisitorLine {
    if (this.line instanceof VisitorLine && this.#fullFor < FULL_DELAY) return this.line
    const line = new VisitorLine(this.model, this.#options.layout())
    this.#show(line)
    return line
  }

  /** Tells the visitor that the page is full, once the pen is lifted. */
  #noticeFull(seconds: number): void {
    const { line } = this
    const before = this.#fullFor
    this.#fullFor = line instanceof VisitorLine && line.full && !line.ink.writing ? before + seconds : 0
    if (before < FULL_DELAY && this.#fullFor >= FULL_DELAY)
      notice('The page is full. What you write next starts another.')
  }

  #show(line: Line): void {
    if (this.#fullFor >= FULL_DELAY) notice('')
    this.#fullFor = 0
    this.line = line
    this.#revision = line.revision
    this.#options.onLine()
  }
}
