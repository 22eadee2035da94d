import { type InkListener, type InkPoint, listenToPointers, type Svg, VisitorInk } from 'longhand'
import { onPress } from './knobs.ts'
import { Letters } from './letters.ts'
import { onPaper } from './on-paper.ts'
import { type Palette, palette, printPalette } from './palette.ts'
import { type By, Paper } from './paper.ts'
import { isPreview } from './start.ts'

export interface DeskOptions {
  /** of the canvas; the desk draws on it whenever there is something to draw, also between frames */
  context: () => CanvasRenderingContext2D
  /** of a line, CSS pixels */
  weight: () => number
  color: (by: By, palette: Palette) => string
  /** where the letters that the sketch writes by itself begin, and how tall they are; CSS pixels */
  letters: () => { x: number; y: number; xHeight: number }
  /** The hand comes back, or it takes something back: whatever was going on has to stop. */
  onHand?: (does: 'write' | 'undo') => void
}

const SETTLED = 0.4 // seconds after which the hand's size is looked at closely
const UNIT = 11 // pixels a model unit, until the hand has shown its size

/**
 * A sheet of paper that a visitor writes on, with a mouse, a finger or a pen; what is written is also a `VisitorInk`, for the
 * network. It cares for the page's buttons letters (the sketch writes by itself), undo and clear, and for its
 * invitation, which goes as soon as somebody writes.
 */
export class Desk {
  readonly writer = new VisitorInk({ unit: UNIT })
  readonly paper: Paper
  colors: Palette
  readonly #options: DeskOptions
  #letters: Letters | undefined
  #rested = 0

  constructor(sheet: HTMLElement, options: DeskOptions) {
    this.#options = options
    this.paper = new Paper(options.weight)
    this.colors = palette()
    listenToPointers(sheet, {
      onDown: (point) => {
        this.#letters = undefined // whoever comes goes before the sketch itself
        this.#down(point)
      },
      // one that was on the paper before the letters has no part in them: their stroke is not its own
      onMove: (points) => !this.#letters && this.#move(points),
      onUp: ({ end }) => !this.#letters && this.#up(end === 'palm'),
    })
    onPress('letters', () => this.#demonstrate())
    onPress('undo', () => this.undo())
    onPress('clear', () => this.#clear())
    this.layOut()
    if (isPreview) this.#demonstrate()
  }

  get context(): CanvasRenderingContext2D {
    return this.#options.context()
  }

  color(by: By): string {
    return this.#options.color(by, this.colors)
  }

  /** A clean sheet, and on it all that was written: for a window or an hour that has changed. */
  layOut(): void {
    this.colors = palette()
    this.context.fillStyle = this.colors.paper
    this.context.fillRect(0, 0, innerWidth, innerHeight)
    this.paper.draw(this.context, (by) => this.color(by))
    document.getElementById('invitation')?.classList.toggle('followed', !this.paper.empty)
  }

  /** Seconds since the pen was lifted. */
  get rested(): number {
    return this.#rested
  }

  /**
   * Goes on with the letters that the sketch writes by itself, if it is at it; takes a closer look at a hand that rests.
   * @param seconds since the last frame
   * @param part of the letters after which the pen rests, 0…1
   * @returns whether it has come there; it stays on the paper until `lift`
   */
  frame(seconds: number, part = 1): boolean {
    const written = this.#letters?.write(seconds, part) ?? false
    const rested = this.writer.writing ? 0 : this.#rested + seconds
    if (rested > SETTLED && this.#rested <= SETTLED) this.writer.settle()
    this.#rested = rested
    return written
  }

  /** Lifts the pen, if it is on the paper. */
  lift(): void {
    this.#letters = undefined
    this.#up()
  }

  /** Takes back what came last: a stroke of the hand, or all that the network wrote since. */
  undo(): void {
    this.#options.onHand?.('undo')
    this.lift()
    this.writer.undo()
    this.paper.undo()
    this.layOut()
  }

  /** Everything as an SVG, dark on light whatever the hour. @param more adds layers to it */
  svg(title: string, more?: (drawing: Svg, palette: Palette) => void): string {
    const inks = printPalette()
    const color = (by: By) => this.#options.color(by, inks)
    return this.paper.svg(color, title, (drawing) => more?.(drawing, inks))
  }

  #clear(): void {
    this.#options.onHand?.('undo')
    this.lift()
    this.writer.clear()
    this.paper.clear()
    this.layOut()
  }

  #demonstrate(): void {
    this.#clear()
    const listener: InkListener = { onDown: (point) => this.#down(point), onMove: (points) => this.#move(points) }
    this.#letters = new Letters(listener, this.#options.letters())
  }

  #down(point: InkPoint): void {
    this.#up()
    this.#options.onHand?.('write')
    const place = this.#toPaper(point)
    this.writer.down(place)
    this.paper.begin(this.context, this.color('hand'), 'hand', place)
    document.getElementById('invitation')?.classList.add('followed')
  }

  #move(points: readonly InkPoint[]): void {
    if (!this.writer.writing) return // the stroke was taken back while the hand was at it
    const places = points.map((point) => this.#toPaper(point))
    this.writer.move(places)
    this.paper.extend(this.context, this.color('hand'), places)
  }

  #up(isPalm = false): void {
    if (!this.writer.writing) return
    this.writer.up()
    this.paper.end(this.context, this.color('hand'))
    if (isPalm) this.undo()
  }

  #toPaper(point: InkPoint): InkPoint {
    return onPaper(point, this.paper.scale)
  }
}
