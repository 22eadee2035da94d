import { type InkPoint, Pen, Svg } from 'longhand'
import { panelTop } from './knobs.ts'
import { windowSvg } from './page-layout.ts'

export type By = 'hand' | 'network'

interface Line {
  by: By
  ink: number[] // x, y and how thick, of one sample after the other: as objects they would take many times the memory
}

const MARGIN = 24 // pixels that stay free beyond the ink when the window gets smaller
const SWELL = 0.5 // how much thicker the line is where the pen rests than where it flies
const FAST = 1.1 // pixels a millisecond: a pen that flies
const MOST = 100_000 // samples: a quarter of an hour without a pause; what is older is seen until the window changes

/**
 * What a visitor and the network wrote, stroke by stroke: drawn as it comes, and again when the window changes. On a window
 * that has become too small for it, all of it is shown smaller, so that nothing is lost by turning a phone.
 */
export class Paper {
  /** of what is shown, 0…1: a pointer's pixels divided by it are the paper's */
  scale = 1
  readonly #lines: Line[] = []
  readonly #weight: () => number
  #pen = new Pen()
  #last: InkPoint | undefined // of the line that was begun last
  #window = '' // that all of it was fitted to
  #open: Line | undefined // until it is drawn to its end

  /** @param weight of a line, pixels */
  constructor(weight: () => number) {
    this.#weight = weight
  }

  get empty(): boolean {
    return this.#lines.length === 0
  }

  /** Whose turn it is, even where no ink follows: that is what `undo` takes back. */
  takeTurn(by: By): void {
    this.#lines.push({ by, ink: [] })
  }

  /** A stroke begins: a dot, until more comes. */
  begin(context: CanvasRenderingContext2D, color: string, by: By, point: InkPoint): void {
    const line: Line = { by, ink: [] }
    this.#forget()
    this.#lines.push(line)
    this.#open = line
    this.#soak(line, point)
    this.#draw(context, color, line, 0)
  }

  /** The stroke that was begun last goes on. */
  extend(context: CanvasRenderingContext2D, color: string, points: readonly InkPoint[]): void {
    const line = this.#lines.at(-1)
    if (!line) return
    for (const point of points) {
      this.#soak(line, point)
      this.#draw(context, color, line, line.ink.length / 3 - 1)
    }
  }

  /** The stroke that was begun last is drawn to its very end. */
  end(context: CanvasRenderingContext2D, color: string): void {
    const line = this.#lines.at(-1)
    if (line) this.#end(context, color, line)
    this.#open = undefined
  }

  /** The last bit up to the pen, which is ink only once it is known how the line bends there; for a veil. */
  drawTip(context: CanvasRenderingContext2D, color: string): void {
    const { ink } = this.#lines.at(-1) ?? { ink: [] }
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

  /** Draws everything; a stroke that is being written goes on after it. */
  draw(context: CanvasRenderingContext2D, color: (by: By) => string): void {
    // ink that was written to the edge of this very window is where it belongs
    const window = `${innerWidth} ${panelTop()}`
    if (this.empty || window !== this.#window) this.scale = this.#fit()
    this.#window = window
    for (const line of this.#lines) {
      if (line.ink.length === 0) continue
      for (let n = 0; 3 * n < line.ink.length; n++) this.#draw(context, color(line.by), line, n)
      if (line !== this.#open) this.#end(context, color(line.by), line)
    }
  }

  /** Takes back what came last: a stroke of the hand, or all that the network wrote since. */
  undo(): void {
    if (this.#lines.pop()?.by === 'network') while (this.#lines.at(-1)?.by === 'network') this.#lines.pop()
  }

  clear(): void {
    this.#lines.length = 0
  }

  /** As an SVG for a pen plotter or a frame: one path a stroke, a layer each for the hand, the network and what else there is. */
  svg(color: (by: By) => string, title: string, more?: (drawing: Svg) => void): string {
    const drawing = new Svg()
    for (const by of ['hand', 'network'] as const) {
      drawing.layer(color(by), by)
      for (const { ink } of this.#lines.filter((line) => line.by === by && line.ink.length > 0)) {
        const [x, y] = ink
        const pen = new Pen(x, y)
        if (ink.length === 3) {
          drawing.moveTo(x, y)
          drawing.lineTo(x, y)
        }
        for (let n = 0; n < ink.length; n += 3) pen.move([ink[n] - pen.x, ink[n + 1] - pen.y, 0], drawing)
        pen.jump(pen.x, pen.y, drawing)
      }
    }
    more?.(drawing)
    return windowSvg(drawing, this.#weight(), title, { scale: this.scale })
  }

  /** A sample becomes ink: a slow pen leaves more of it, and one that presses; eased, since ink flows on for a moment. */
  #soak({ ink }: Line, point: InkPoint): void {
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

  /** Lets go of the oldest lines where there are too many. */
  #forget(): void {
    let samples = this.#lines.reduce((sum, { ink }) => sum + ink.length / 3, 0)
    while (samples > MOST) samples -= (this.#lines.shift()?.ink.length ?? 0) / 3
  }

  /** Up to sample n of a line. */
  #draw(context: CanvasRenderingContext2D, color: string, { ink }: Line, n: number): void {
    const [x, y, swell] = ink.slice(3 * n, 3 * n + 3)
    if (n === 0) {
      this.#pen = new Pen(x, y)
      this.#ink(context, color, swell, () => {
        context.moveTo(x, y)
        context.lineTo(x, y)
      })
    }
    this.#ink(context, color, swell, () => this.#pen.move([x - this.#pen.x, y - this.#pen.y, 0], context))
  }

  #end(context: CanvasRenderingContext2D, color: string, { ink }: Line): void {
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
    for (const { ink } of this.#lines)
      for (let n = 0; n < ink.length; n += 3) {
        right = Math.max(right, ink[n])
        bottom = Math.max(bottom, ink[n + 1])
      }
    return Math.min(1, innerWidth / (right + MARGIN), panelTop() / (bottom + MARGIN))
  }
}
