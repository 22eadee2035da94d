import { type InkListener, type InkPoint, listenToPointers, type Svg, VisitorInk } from 'longhand'
import { onPress } from './controls.ts'
import { DemoHand } from './demo-hand.ts'
import { type By, InkDrawing } from './ink-drawing.ts'
import { type Palette, palette, printPalette } from './palette.ts'
import { isPreview } from './start.ts'
import { unscaled } from './unscaled.ts'

export interface VisitorPageOptions {
  /** context of the canvas; the page draws on it whenever there is new ink, also between frames */
  context: () => CanvasRenderingContext2D
  /** stroke width, in CSS pixels */
  weight: () => number
  color: (by: By, palette: Palette) => string
  /** where the demonstration writes, and its x-height; CSS pixels */
  demo: () => { x: number; y: number; xHeight: number }
  /** called before the visitor writes or undoes: whatever is in progress must stop */
  onVisitor?: (does: 'write' | 'undo') => void
}

const SETTLED = 0.4 // seconds without writing after which size and stride are estimated finely
const UNIT = 11 // initial guess of a model unit, in pixels

/**
 * A page that a visitor writes on with mouse, touch, or pen. The ink is drawn, and also kept as a `VisitorInk` for the network.
 * Connects the buttons `demo` (the page writes by itself), `undo`, and `clear`, and the invitation, which disappears when
 * somebody writes.
 */
export class VisitorPage {
  readonly ink = new VisitorInk({ unit: UNIT })
  readonly drawing: InkDrawing
  colors: Palette
  readonly #options: VisitorPageOptions
  #demo: DemoHand | undefined // while it writes
  #rested = 0

  constructor(container: HTMLElement, options: VisitorPageOptions) {
    this.#options = options
    this.drawing = new InkDrawing(options.weight)
    this.colors = palette()
    listenToPointers(container, {
      onDown: (point) => {
        this.#demo = undefined // a visitor interrupts the demonstration
        this.#down(point)
      },
      // Ignore pointers that came down before the demonstration: its strokes are not theirs.
      onMove: (points) => !this.#demo && this.#move(points),
      onUp: ({ end }) => !this.#demo && this.#up(end === 'palm'),
    })
    onPress('demo', () => this.#startDemo())
    onPress('undo', () => this.undo())
    onPress('clear', () => this.#clear())
    this.layOut()
    if (isPreview) this.#startDemo()
  }

  get context(): CanvasRenderingContext2D {
    return this.#options.context()
  }

  color(by: By): string {
    return this.#options.color(by, this.colors)
  }

  /** Draws everything again, for a window or a time of day that has changed. */
  layOut(): void {
    this.colors = palette()
    this.context.fillStyle = this.colors.paper
    this.context.fillRect(0, 0, innerWidth, innerHeight)
    this.drawing.draw(this.context, (by) => this.color(by))
    document.getElementById('invitation')?.classList.toggle('followed', !this.drawing.empty)
  }

  /** Seconds since the pen was lifted. */
  get rested(): number {
    return this.#rested
  }

  /**
   * Continues a demonstration in progress, and estimates size and stride finely once the visitor pauses.
   * @param seconds since the last frame
   * @param part of the demonstration to write, 0…1
   * @returns whether that part is complete; the pen stays down until `lift`
   */
  frame(seconds: number, part = 1): boolean {
    const isComplete = this.#demo?.write(seconds, part) ?? false
    const rested = this.ink.writing ? 0 : this.#rested + seconds
    if (rested > SETTLED && this.#rested <= SETTLED) this.ink.settle()
    this.#rested = rested
    return isComplete
  }

  /** Lifts the pen, if it is down. */
  lift(): void {
    this.#demo = undefined
    this.#up()
  }

  /** Removes the latest turn: a stroke of the visitor, or everything the network wrote since. */
  undo(): void {
    this.#options.onVisitor?.('undo')
    this.lift()
    this.ink.undo()
    this.drawing.undo()
    this.layOut()
  }

  /** Exports everything as SVG, in day colors. @param more adds layers */
  svg(title: string, more?: (drawing: Svg, palette: Palette) => void): string {
    const inks = printPalette()
    const color = (by: By) => this.#options.color(by, inks)
    return this.drawing.svg(color, title, (drawing) => more?.(drawing, inks))
  }

  #clear(): void {
    this.#options.onVisitor?.('undo')
    this.lift()
    this.ink.clear()
    this.drawing.clear()
    this.layOut()
  }

  #startDemo(): void {
    this.#clear()
    const listener: InkListener = { onDown: (point) => this.#down(point), onMove: (points) => this.#move(points) }
    this.#demo = new DemoHand(listener, this.#options.demo())
  }

  #down(point: InkPoint): void {
    this.#up()
    this.#options.onVisitor?.('write')
    const place = this.#onPage(point)
    this.ink.down(place)
    this.drawing.begin(this.context, this.color('visitor'), 'visitor', place)
    document.getElementById('invitation')?.classList.add('followed')
  }

  #move(points: readonly InkPoint[]): void {
    if (!this.ink.writing) return // the stroke was undone while it was drawn
    const places = points.map((point) => this.#onPage(point))
    this.ink.move(places)
    this.drawing.extend(this.context, this.color('visitor'), places)
  }

  #up(isPalm = false): void {
    if (!this.ink.writing) return
    this.ink.up()
    this.drawing.end(this.context, this.color('visitor'))
    if (isPalm) this.undo()
  }

  #onPage(point: InkPoint): InkPoint {
    return unscaled(point, this.drawing.scale)
  }
}
