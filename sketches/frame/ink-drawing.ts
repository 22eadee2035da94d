import { type InkPoint, Pen, Svg } from 'longhand'
import { panelTop } from './controls.ts'
import { windowSvg } from './page-layout.ts'

/** Who wrote a stroke. */
export type By = 'visitor' | 'network'

interface Stroke {
  by: By
  ink: number[] // x, y, and width of each sample in turn: objects would take many times the memory
}

const DOT = 0.5 // pixels: the length of a tapped dot
const MARGIN = 24 // pixels to keep free beyond the ink when the window gets smaller
const SWELL = 0.5 // how much thicker the line is where the pen is slow
const FAST = 1.1 // pixels per millisecond
const MOST_SAMPLES = 100_000 // about a quarter of an hour without a pause; older ink stays until the next layout

/**
 * Draws what the visitor and the network wrote, stroke by stroke: while it arrives, and again when the window changes. If the
 * window gets too small for the ink, all of it is shown smaller, so that rotating a phone loses nothing.
 */
export class InkDrawing {
  /** at which the page is shown, 0…1: pointer positions divided by it are page positions */
  scale = 1
  readonly #strokes: Stroke[] = []
  readonly #weight: () => number
  #pen = new Pen()
  #last: InkPoint | undefined // of the latest stroke
  #window = '' // that the ink was fitted to
  #open: Stroke | undefined // until it is drawn to its end

  /** @param weight stroke width in pixels */
  constructor(weight: () => number) {
    this.#weight = weight
  }

  get empty(): boolean {
    return this.#strokes.length === 0
  }

  /** Starts a turn, even if no ink follows: `undo` removes it. */
  takeTurn(by: By): void {
    this.#strokes.push({ by, ink: [] })
  }

  /** Starts a stroke: a dot, until more follows. */
  begin(context: CanvasRenderingContext2D, color: string, by: By, point: InkPoint): void {
    const stroke: Stroke = { by, ink: [] }
    this.#forget()
    this.#strokes.push(stroke)
    this.#open = stroke
    this.#add(stroke, point)
    this.#draw(context, color, stroke, 0)
  }

  /** Continues the latest stroke. */
  extend(context: CanvasRenderingContext2D, color: string, points: readonly InkPoint[]): void {
    const stroke = this.#strokes.at(-1)
    if (!stroke) return
    for (const point of points) {
      this.#add(stroke, point)
      this.#draw(context, color, stroke, stroke.ink.length / 3 - 1)
    }
  }

  /** Ends the latest stroke and draws it to its end. */
  end(context: CanvasRenderingContext2D, color: string): void {
    const stroke = this.#strokes.at(-1)
    if (stroke) this.#end(context, color, stroke)
    this.#open = undefined
  }

  /** Draws the last piece up to the pen, whose final curve depends on the next sample; for the overlay. */
  drawTip(context: CanvasRenderingContext2D, color: string): void {
    const { ink } = this.#strokes.at(-1) ?? { ink: [] }
    if (ink.length < 6 || !this.#pen.touches) return
    const [beforeX, beforeY, , x, y, swell] = ink.slice(-6)
    context.save()
    context.lineCap = 'round'
    context.lineWidth = this.#weight() * swell
    context.strokeStyle = color
    context.beginPath()
    context.moveTo((beforeX + x) / 2, (beforeY + y) / 2)
    context.lineTo(x, y)
    context.stroke()
    context.restore()
  }

  /** Draws everything. A stroke in progress can continue afterward. */
  draw(context: CanvasRenderingContext2D, color: (by: By) => string): void {
    // Ink written to the edge of this same window needs no scaling.
    const window = `${innerWidth} ${panelTop()}`
    if (this.empty || window !== this.#window) this.scale = this.#fit()
    this.#window = window
    for (const stroke of this.#strokes) {
      if (stroke.ink.length === 0) continue
      for (let n = 0; 3 * n < stroke.ink.length; n++) this.#draw(context, color(stroke.by), stroke, n)
      if (stroke !== this.#open) this.#end(context, color(stroke.by), stroke)
    }
  }

  /** Removes the latest turn: a stroke of the visitor, or everything the network wrote since. */
  undo(): void {
    if (this.#strokes.pop()?.by === 'network') while (this.#strokes.at(-1)?.by === 'network') this.#strokes.pop()
  }

  clear(): void {
    this.#strokes.length = 0
  }

  /** Exports as SVG: one path per stroke, and a layer each for the visitor, the network, and what `more` adds. */
  svg(color: (by: By) => string, title: string, more?: (drawing: Svg) => void): string {
    const drawing = new Svg()
    for (const by of ['visitor', 'network'] as const) {
      drawing.layer(color(by), by)
      for (const { ink } of this.#strokes.filter((stroke) => stroke.by === by && stroke.ink.length > 0)) {
        const [x, y] = ink
        const pen = new Pen(x, y)
        if (isDot(ink)) {
          drawing.moveTo(x, y)
          drawing.lineTo(x + DOT, y) // plotters skip lines without length
          continue
        }
        for (let n = 0; n < ink.length; n += 3) pen.move([ink[n] - pen.x, ink[n + 1] - pen.y, 0], drawing)
        pen.jump(pen.x, pen.y, drawing)
      }
    }
    more?.(drawing)
    return windowSvg(drawing, this.#weight(), title, { scale: this.scale })
  }

  /** Adds a sample. Slow pens and high pressure leave more ink; smoothed, because ink keeps flowing for a moment. */
  #add({ ink }: Stroke, point: InkPoint): void {
    const { x, y, t, pressure } = point
    const before = ink.length > 0 ? this.#last : undefined
    let swell = 0.4 + pressure
    if (before) {
      const speed = Math.hypot(x - before.x, y - before.y) / Math.max(t - before.t, 1)
      const now = (0.4 + 1.2 * pressure) * (1 + SWELL * (0.5 - Math.min(speed / FAST, 1)))
      const last = ink[ink.length - 1]
      swell = last + 0.2 * (now - last)
    }
    ink.push(x, y, swell)
    this.#last = point
  }

  /** Drops the oldest strokes when there are too many samples. */
  #forget(): void {
    let samples = this.#strokes.reduce((sum, { ink }) => sum + ink.length / 3, 0)
    while (samples > MOST_SAMPLES) samples -= (this.#strokes.shift()?.ink.length ?? 0) / 3
  }

  /** Draws the piece of a stroke that ends at sample n. */
  #draw(context: CanvasRenderingContext2D, color: string, { ink }: Stroke, n: number): void {
    const [x, y, swell] = ink.slice(3 * n, 3 * n + 3)
    if (n === 0) {
      this.#pen = new Pen(x, y)
      this.#ink(context, color, swell, () => {
        context.moveTo(x, y)
        context.lineTo(x + DOT, y) // a tapped dot is a short line, which every browser draws
      })
    }
    this.#ink(context, color, swell, () => this.#pen.move([x - this.#pen.x, y - this.#pen.y, 0], context))
  }

  #end(context: CanvasRenderingContext2D, color: string, { ink }: Stroke): void {
    this.#ink(context, color, ink.at(-1) ?? 1, () => this.#pen.jump(this.#pen.x, this.#pen.y, context))
  }

  #ink(context: CanvasRenderingContext2D, color: string, swell: number, draw: () => void): void {
    context.save()
    context.scale(this.scale, this.scale)
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = this.#weight() * swell
    context.strokeStyle = color
    context.beginPath()
    draw()
    context.stroke()
    context.restore()
  }

  #fit(): number {
    let right = 0
    let bottom = 0
    for (const { ink } of this.#strokes)
      for (let n = 0; n < ink.length; n += 3) {
        right = Math.max(right, ink[n])
        bottom = Math.max(bottom, ink[n + 1])
      }
    return Math.min(1, innerWidth / (right + MARGIN), panelTop() / (bottom + MARGIN))
  }
}

/** Returns whether all samples are at one place: a tap reports where the pen went down and where it was lifted. */
function isDot(ink: readonly number[]): boolean {
  for (let n = 3; n < ink.length; n += 3) if (ink[n] !== ink[0] || ink[n + 1] !== ink[1]) return false
  return true
}
