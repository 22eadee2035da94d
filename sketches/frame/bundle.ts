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
  /** number of paths once the pen rests */
  count: number
  /** movements of each path */
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

const RENEWAL = 4 // how often per second all paths may be replaced while the pen moves
const REST_RENEWAL = 0.16 // and while it rests
const REST = 0.4 // seconds without a movement after which the pen rests
const FADE_IN = { moving: 0.05, resting: 0.7 } // seconds
const FADE_OUT = { moving: 0.3, resting: 1.1 } // seconds
const MOST = 4 // limit of paths drawn, in multiples of `count`
const LIFTED = 0.6 // opacity of paths after a lifted pen, which may land nearly anywhere
const PARTS = 4 // steps in which a path fades toward its end

/**
 * A faint bundle of paths on which the writing may continue from the tip of the pen. They are sampled as time allows, for the
 * latest moment; paths of earlier moments fade. While the pen rests, new paths slowly replace old ones.
 */
export class Bundle {
  readonly #model: Model
  readonly #ink: VisitorInk
  readonly #reader: Reader
  readonly #random: Random // separate: how long the visitor pauses must not change what the network writes
  #paths: Path[] = []
  #source: Paths | undefined
  #origin = '' // the moment and the settings that the source samples from
  #revision = 0 // of the ink at that moment
  #now = '' // the current moment
  #tip = { x: 0, y: 0, touches: false }
  #due = 0
  #rested = 0

  constructor(model: Model, ink: VisitorInk, reader: Reader) {
    this.#model = model
    this.#random = new Random(model.random.seed)
    this.#ink = ink
    this.#reader = reader
  }

  /** The number of visible paths that are not fading out. */
  get size(): number {
    return this.#staying.filter(({ opacity }) => opacity > 0.6).length
  }

  /** Fades all paths out until `grow` is called again. */
  rest(): void {
    this.#origin = ''
    this.#source?.stop()
    this.#source = undefined
    this.#rested = 0
    for (const path of this.#paths) path.leaving = true
  }

  /**
   * Samples the paths that are due, as far as time allows.
   * @param seconds since the last frame
   */
  grow(growth: Growth, seconds: number, hasTime: () => boolean): void {
    if (this.#ink.points.length === 0) {
      this.rest()
      return
    }
    const { revision, points, pending, writing } = this.#ink
    const now = [revision, points.length, pending, writing].join()
    this.#rested = now === this.#now ? this.#rested + seconds : 0
    this.#now = now
    const full = this.#staying.length >= growth.count
    if (full && this.#rests && this.#origin === originOf(now, growth) && prefersReducedMotion()) return
    this.#due = Math.min(
      this.#due + seconds * growth.count * (full && this.#rests ? REST_RENEWAL : RENEWAL),
      growth.count,
    )
    while (this.#due >= 1) {
      // Complete a path in progress although the pen has moved on: when time is short, there would be none otherwise.
      if (!this.#source?.begun || this.#revision !== revision) this.#follow(growth)
      const movements = this.#source?.next(hasTime)
      if (!movements) return
      this.#due--
      const { unit } = this.#ink
      const scaled = movements.map(([dx, dy, pen]): Movement => [dx * unit, dy * unit, pen])
      this.#paths.push({ ...this.#tip, movements: scaled, opacity: 0, leaving: false })
      this.#paths.splice(0, this.#paths.length - MOST * growth.count)
      const staying = this.#staying
      for (const path of staying.slice(0, Math.max(0, staying.length - growth.count))) path.leaving = true
    }
  }

  /** Advances the fading and draws. */
  draw(context: CanvasRenderingContext2D, color: string, weight: number, opacity: number, seconds: number): void {
    const pace = this.#rests && !prefersReducedMotion() ? 'resting' : 'moving'
    context.save()
    context.lineJoin = 'round'
    context.lineWidth = weight
    context.strokeStyle = color
    for (const path of this.#paths) {
      const aim = path.leaving ? 0 : 1
      path.opacity += (aim - path.opacity) * Math.min(1, seconds / (path.leaving ? FADE_OUT : FADE_IN)[pace])
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

  /** Draws the current paths at full opacity, one line per stroke, for an SVG. */
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

  /** Starts sampling again if the pen or a slider has moved. */
  #follow(growth: Growth): void {
    const origin = originOf(this.#now, growth)
    if (origin === this.#origin) return
    const { writing, revision } = this.#ink
    this.#origin = origin
    this.#revision = revision
    const { x, y } = this.#ink.tip as Point
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
