import { type InkPoint, Pen, Svg } from 'longhand'
import { panelTop } from './knobs.ts'

export type By = 'hand' | 'network'

interface Line {
  by: By
  points: InkPoint[]
}

const MARGIN = 24 // pixels that stay free beyond the ink when the window gets smaller
const SWELL = 0.5 // how much thicker the line is where the pen rests than where it flies
const FAST = 1.1 // pixels a millisecond: a pen that flies
const CSS_PIXEL = 25.4 / 96 // millimetres

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
  #swell = 1

  /** @param weight of a line, pixels */
  constructor(weight: () => number) {
    this.#weight = weight
  }

  get empty(): boolean {
    return this.#lines.length === 0
  }

  /** Whose turn it is, even where no ink follows: that is what `undo` takes back. */
  takeTurn(by: By): void {
    this.#lines.push({ by, points: [] })
  }

  /** A stroke begins: a dot, until more comes. */
  begin(context: CanvasRenderingContext2D, color: string, by: By, point: InkPoint): void {
    this.#lines.push({ by, points: [point] })
    this.#draw(context, color, point)
  }

  /** The stroke that was begun last goes on. */
  extend(context: CanvasRenderingContext2D, color: string, points: readonly InkPoint[]): void {
    const line = this.#lines.at(-1)
    for (const point of line ? points : []) {
      this.#draw(context, color, point, line?.points.at(-1))
      line?.points.push(point)
    }
  }

  /** The stroke that was begun last is drawn to its very end. */
  end(context: CanvasRenderingContext2D, color: string): void {
    this.#ink(context, color, () => this.#pen.jump(this.#pen.x, this.#pen.y, context))
  }

  /** The last bit up to the pen, which is ink only once it is known how the line bends there; for a veil. */
  drawTip(context: CanvasRenderingContext2D, color: string): void {
    const [before, last] = this.#lines.at(-1)?.points.slice(-2) ?? []
    if (!before || !last || !this.#pen.touches) return
    context.save()
    context.lineCap = 'round'
    context.lineWidth = this.#weight() * this.#swell
    context.strokeStyle = color
    context.beginPath()
    context.moveTo((before.x + last.x) / 2, (before.y + last.y) / 2)
    context.lineTo(last.x, last.y)
    context.stroke()
    context.restore()
  }

  /** Draws everything. */
  draw(context: CanvasRenderingContext2D, color: (by: By) => string): void {
    this.scale = this.#fit()
    for (const { by, points } of this.#lines) {
      if (points.length === 0) continue
      for (let n = 0; n < points.length; n++) this.#draw(context, color(by), points[n], points[n - 1])
      this.end(context, color(by))
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
      for (const { points } of this.#lines.filter((line) => line.by === by && line.points.length > 0)) {
        const [{ x, y }] = points
        const pen = new Pen(x, y)
        if (points.length === 1) {
          drawing.moveTo(x, y)
          drawing.lineTo(x, y)
        }
        for (const point of points) pen.move([point.x - pen.x, point.y - pen.y, 0], drawing)
        pen.jump(pen.x, pen.y, drawing)
      }
    }
    more?.(drawing)
    const { innerWidth: width, innerHeight: height } = window
    return drawing.toString({
      width: width / this.scale,
      height: height / this.scale,
      strokeWidth: this.#weight(),
      millimetres: CSS_PIXEL,
      title,
    })
  }

  #draw(context: CanvasRenderingContext2D, color: string, { x, y, t, pressure }: InkPoint, before?: InkPoint): void {
    if (!before) {
      this.#pen = new Pen(x, y)
      this.#swell = 0.4 + pressure
      this.#ink(context, color, () => {
        context.moveTo(x, y)
        context.lineTo(x, y)
      })
    } else {
      // A slow pen leaves more ink, and one that presses; eased, since ink flows on for a moment.
      const speed = Math.hypot(x - before.x, y - before.y) / Math.max(t - before.t, 1)
      const swell = (0.4 + 1.2 * pressure) * (1 + SWELL * (0.5 - Math.min(speed / FAST, 1)))
      this.#swell += 0.2 * (swell - this.#swell)
    }
    this.#ink(context, color, () => this.#pen.move([x - this.#pen.x, y - this.#pen.y, 0], context))
  }

  #ink(context: CanvasRenderingContext2D, color: string, draw: () => void): void {
    context.save()
    context.scale(this.scale, this.scale)
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = this.#weight() * this.#swell
    context.strokeStyle = color
    context.beginPath()
    draw()
    context.stroke()
    context.restore()
  }

  #fit(): number {
    let right = 0
    let bottom = 0
    for (const { points } of this.#lines)
      for (const { x, y } of points) {
        right = Math.max(right, x)
        bottom = Math.max(bottom, y)
      }
    return Math.min(1, innerWidth / (right + MARGIN), panelTop() / (bottom + MARGIN))
  }
}
