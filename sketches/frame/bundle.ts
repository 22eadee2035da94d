import {
  type Model,
  type Movement,
  Paths,
  Pen,
  type Point,
  Random,
  type Reader,
  type Surface,
  type VisitorInk,
} from 'longhand'
import { prefersReducedMotion } from './palette.ts'

export interface Growth {
  /** how many paths there are when the hand rests */
  count: number
  /** movements of each */
  steps: number
  temperature: number
}

interface Path {
  x: number
  y: number
  touches: boolean
  movements: Movement[] // pixels
  opacity: number
  leaving: boolean
}

const RENEWAL = 4 // how often a second all paths may be replaced while the hand moves
const BREATH = 0.16 // and while it rests
const REST = 0.4 // seconds without a movement: the hand rests
const COME = { moving: 0.05, resting: 0.7 } // seconds in which a path appears
const GO = { moving: 0.3, resting: 1.1 } // and goes
const MOST = 4 // so many times as many paths as are asked for: more are not drawn, however fast they come
const LIFTED = 0.6 // opacity of what may follow a lifted pen: it may be set down nearly anywhere
const PARTS = 4 // a path fades towards its end in so many parts

/**
 * The paths on which the writing may go on from the tip of the pen, a faint bundle. They are made as there is time, the
 * newest moment first; those of moments gone by fade. While the hand rests the bundle breathes: now and then a new path
 * comes in the place of an old one.
 */
export class Bundle {
  readonly #model: Model
  readonly #writer: VisitorInk
  readonly #reader: Reader
  readonly #random: Random // its own: how long a hand rests must not change what the network writes
  #paths: Path[] = []
  #source: Paths | undefined
  #origin = '' // the moment that the paths of the source follow from, and how
  #revision = 0 // of the writing then
  #now = '' // the moment at which the hand is
  #tip = { x: 0, y: 0, touches: false }
  #due = 0
  #rested = 0

  constructor(model: Model, writer: VisitorInk, reader: Reader) {
    this.#model = model
    this.#random = new Random(model.random.seed)
    this.#writer = writer
    this.#reader = reader
  }

  /** How many paths can be seen that do not fade yet. */
  get size(): number {
    return this.#staying.filter(({ opacity }) => opacity > 0.6).length
  }

  /** All paths fade, and none come until `grow` is called again. */
  rest(): void {
    this.#origin = ''
    this.#source?.stop()
    this.#source = undefined
    this.#rested = 0
    for (const path of this.#paths) path.leaving = true
  }

  /**
   * Makes the paths that are due, for as long as there is time.
   * @param seconds since the last frame
   */
  grow(growth: Growth, seconds: number, inTime: () => boolean): void {
    if (this.#writer.points.length === 0) {
      this.rest()
      return
    }
    const { revision, points, pending, writing } = this.#writer
    const now = [revision, points.length, pending, writing].join()
    this.#rested = now === this.#now ? this.#rested + seconds : 0
    this.#now = now
    const full = this.#staying.length >= growth.count
    if (full && this.#rests && this.#origin === originOf(now, growth) && prefersReducedMotion()) return
    this.#due = Math.min(this.#due + seconds * growth.count * (full && this.#rests ? BREATH : RENEWAL), growth.count)
    while (this.#due >= 1) {
      // A path that was begun is completed, though the hand has moved on: where time is short there would be none at all.
      if (!this.#source?.begun || this.#revision !== revision) this.#follow(growth)
      const movements = this.#source?.next(inTime)
      if (!movements) return
      this.#due--
      const { unit } = this.#writer
      const scaled = movements.map(([dx, dy, pen]): Movement => [dx * unit, dy * unit, pen])
      this.#paths.push({ ...this.#tip, movements: scaled, opacity: 0, leaving: false })
      this.#paths.splice(0, this.#paths.length - MOST * growth.count)
      const staying = this.#staying
      for (const path of staying.slice(0, Math.max(0, staying.length - growth.count))) path.leaving = true
    }
  }

  /** Fades what comes and goes, and draws. */
  draw(context: CanvasRenderingContext2D, color: string, weight: number, opacity: number, seconds: number): void {
    const pace = this.#rests && !prefersReducedMotion() ? 'resting' : 'moving'
    context.save()
    context.lineJoin = 'round'
    context.lineWidth = weight
    context.strokeStyle = color
    for (const path of this.#paths) {
      const aim = path.leaving ? 0 : 1
      path.opacity += (aim - path.opacity) * Math.min(1, seconds / (path.leaving ? GO : COME)[pace])
      const part = Math.ceil(path.movements.length / PARTS)
      const pen = penOf(path)
      for (let n = 0; n < path.movements.length; n += part) {
        context.globalAlpha =
          opacity * path.opacity * (path.touches ? 1 : LIFTED) * (1 - (0.75 * n) / path.movements.length)
        context.beginPath()
        for (const movement of path.movements.slice(n, n + part)) pen.move(movement, context)
        context.stroke()
      }
    }
    context.restore()
    this.#paths = this.#paths.filter(({ leaving, opacity }) => !leaving || opacity > 0.02)
  }

  /** The paths that are there now, drawn whole, one line a stroke. */
  trace(surface: Surface): void {
    for (const path of this.#staying) {
      const pen = penOf(path)
      for (const movement of path.movements) pen.move(movement, surface)
      pen.jump(pen.x, pen.y, surface)
    }
  }

  get #staying(): Path[] {
    return this.#paths.filter(({ leaving }) => !leaving)
  }

  get #rests(): boolean {
    return this.#rested > REST
  }

  /** Begins anew where the pen has moved, or a slider. */
  #follow(growth: Growth): void {
    const origin = originOf(this.#now, growth)
    if (origin === this.#origin) return
    const { writing, revision } = this.#writer
    this.#origin = origin
    this.#revision = revision
    const { x, y } = this.#writer.tip as Point
    this.#tip = { x, y, touches: writing }
    const { steps, temperature } = growth
    this.#source?.stop()
    this.#source = new Paths(this.#model, this.#reader.ahead(), { steps, temperature, random: this.#random })
    for (const path of this.#paths) path.leaving = true
  }
}

function originOf(moment: string, { steps, temperature }: Growth): string {
  return [moment, steps, temperature].join()
}

function penOf({ x, y, touches }: Path): Pen {
  const pen = new Pen(x, y)
  pen.touches = touches
  return pen
}
