import { log } from '../math/elementary.ts'
import { checkMovement, type Movement } from '../paper/movement.ts'
import { estimateStride } from './pace.ts'
import type { InkPoint, Point } from './point.ts'
import { estimateSigma, UNIT } from './size.ts'
import { Trajectory } from './trajectory.ts'

export interface VisitorInkOptions {
  /** a guess of the model unit in pixels, until the hand has shown its size */
  unit?: number
  /** a guess of the milliseconds from one point to the next, until the hand has shown its pace */
  stride?: number
}

/** A stroke of the hand. */
interface Inked {
  ink: InkPoint[]
  /** of that, what is certain; see `Denoiser` */
  steadied: readonly InkPoint[]
}

/** What the network wrote in between. */
interface Written {
  movement: Movement
  to: Point
}

// A hand that seems this much larger, smaller, faster or slower than what was made of its ink is worth a new reading;
// when it rests, there is time for a finer one.
const TOLERANCE = 0.15
const FINE_TOLERANCE = 0.03
// Within a stroke, which may be a whole word, the size is looked at again after this many points.
const LOOK_EVERY = 40
// The pace is that of the last samples.
const WINDOW = 3000
// A hand that writes for weeks: of so many movements the older half is forgotten.
const MOST = 6000

/**
 * A hand that writes, as the network would read it: its ink becomes movements even in time, at the pace and in the unit
 * of training, both found from the ink while it comes.
 *
 * `movements` only grows, so a sketch keeps its place and reads on, as many a frame as it can afford. When the hand turns
 * out to be of another size or pace, all movements are made anew, `unit` changes, and `revision` goes up: that is the time
 * to read again from the start (or from the last 200 movements; what was before fades from memory). It happens a few
 * times in the first line and rarely after; and whenever the pen is lifted after 6000 movements, of which the older half is
 * forgotten then, strokes and all.
 *
 * A `Reader` does that within a time budget per frame.
 */
export class VisitorInk {
  #guess: { unit: number; stride: number }
  #transcript: Trajectory // of the pieces
  #revision = 0
  readonly #pieces: (Inked | Written)[] = []
  #stroke: Inked | undefined // while the pen touches
  #looked = 0 // how many movements there were when the size was looked at within a stroke

  /** @param options both above 0; RangeError otherwise */
  constructor({ unit = 10, stride = 20 }: VisitorInkOptions = {}) {
    for (const [name, value] of Object.entries({ unit, stride }))
      if (!(value > 0 && value < Number.POSITIVE_INFINITY))
        throw new RangeError(`Expected ${name} to be a finite number above 0, got ${value}.`)
    this.#guess = { unit, stride }
    this.#transcript = new Trajectory(unit, stride)
  }

  /** Pixels a model unit: the model's scale factor for these movements. */
  get unit(): number {
    return this.#transcript.unit
  }

  /** Milliseconds from one point to the next. */
  get stride(): number {
    return this.#transcript.stride
  }

  /** Goes up when movements that had been given are no longer what they were. */
  get revision(): number {
    return this.#revision
  }

  /**
   * All movements that are certain, in model units: the first, [0, 0, 0], puts the pen down. They follow the ink, except where
   * a stroke begins another row: that stands, for the network, further on on the same line, as rows did in training.
   */
  get movements(): readonly Movement[] {
    return this.#transcript.movements
  }

  /** Where on the paper the pen was after each movement: as many as `movements`. */
  get points(): readonly Point[] {
    return this.#transcript.points
  }

  /** The few movements from the last certain one to the tip of the pen, still subject to change; none while it is lifted. */
  get pending(): Movement[] {
    let from = this.points.at(-1)
    const movements: Movement[] = []
    for (const to of this.#transcript.ending) {
      if (from) movements.push([(to.x - from.x) / this.unit, (to.y - from.y) / this.unit, 0])
      from = to
    }
    return movements
  }

  /** Where the tip of the pen is, in pixels; undefined before any ink. */
  get tip(): Point | undefined {
    return this.#transcript.ending.at(-1) ?? this.points.at(-1)
  }

  /** The strokes as they were drawn, the one that is being drawn included. */
  get strokes(): readonly (readonly InkPoint[])[] {
    return this.#inked.map(({ ink }) => ink)
  }

  /** Whether the pen touches the paper. */
  get writing(): boolean {
    return this.#stroke !== undefined
  }

  /** The pen touches the paper. RangeError for a point that is not finite; the same goes for `move`. */
  down(point: InkPoint): void {
    check(point)
    this.up()
    // Where the hand takes over from the network within a stroke, the network's stroke ends.
    const last = this.movements.at(-1)
    const from = this.points.at(-1)
    if (last && from && last[2] === 0) this.wrote([0, 0, 1], from)
    this.#stroke = { ink: [point], steadied: [] }
    this.#pieces.push(this.#stroke)
    this.#looked = 0
    this.#transcribe(this.#stroke)
  }

  /** The pen moves on the paper. A lifted pen leaves no ink, and nothing happens. */
  move(points: readonly InkPoint[]): void {
    points.forEach(check)
    if (!this.#stroke) return
    this.#stroke.ink.push(...points)
    this.#transcript.add(points)
    if (this.movements.length < this.#looked + LOOK_EVERY) return
    this.#look()
    this.#looked = this.movements.length
  }

  /** The pen is lifted. */
  up(): void {
    if (!this.#stroke) return
    this.#transcript.finish()
    this.#stroke = undefined
    this.#look()
    if (this.movements.length > MOST) this.#forget()
  }

  /** The hand rests: its size and pace are taken as exactly as they are known, which is often worth a new reading. */
  settle(): void {
    this.up()
    this.#look(FINE_TOLERANCE)
  }

  /** Takes back what came last, as if it had never been: a stroke (a palm's, say), or all that the network wrote since. */
  undo(): void {
    this.up()
    const last = this.#pieces.pop()
    if (!last) return
    if (!isInked(last)) while (this.#pieces.length > 0 && !isInked(this.#pieces.at(-1))) this.#pieces.pop()
    this.#makeAnew()
  }

  /**
   * The network wrote this in the hand's place, so that what the hand writes next follows it.
   * @param movement in model units
   * @param to where on the paper the pen was after it
   */
  wrote([dx, dy, pen]: Readonly<Movement>, { x, y }: Point): void {
    checkMovement([dx, dy, pen])
    check({ x, y, t: 0, pressure: 0 })
    this.up()
    const written: Written = { movement: [dx, dy, pen], to: { x, y } }
    this.#pieces.push(written)
    this.#transcribe(written)
  }

  /** An empty page. What is known of the hand stays known. */
  clear(): void {
    this.up()
    this.#pieces.length = 0
    this.#guess = { unit: this.unit, stride: this.stride }
    this.#makeAnew()
  }

  get #inked(): Inked[] {
    return this.#pieces.filter(isInked)
  }

  #transcribe(piece: Inked | Written): void {
    if (isInked(piece)) {
      const isBeingDrawn = piece === this.#stroke
      // What was steadied once stays as it is.
      piece.steadied = this.#transcript.begin(isBeingDrawn ? piece.ink : piece.steadied)
      if (!isBeingDrawn) this.#transcript.finish()
    } else this.#transcript.write(piece.movement, piece.to)
  }

  /** Looks at the hand's size and pace, and makes the movements anew where they do not fit any more. */
  #look(tolerance = TOLERANCE): void {
    const old = this.#transcript
    const sigma = estimateSigma(old.rows, this.#guess.unit / UNIT)
    const unit = sigma * UNIT
    const stride = estimateStride(this.#recent(), sigma, this.#guess.stride, old.stride)
    if (Math.max(Math.abs(log(unit / old.unit)), Math.abs(log(stride / old.stride))) < tolerance) return
    this.#makeAnew(unit, stride)
  }

  /** Lets go of the pieces before the newer half of the movements, but of no part of the last. */
  #forget(): void {
    const half = this.movements.length / 2
    const newer = this.#transcript.starts.findIndex((start) => start >= half)
    this.#pieces.splice(0, newer < 0 ? this.#pieces.length - 1 : newer)
    this.#makeAnew()
  }

  #recent(): readonly (readonly InkPoint[])[] {
    const strokes = this.#inked.map(({ steadied }) => steadied)
    let samples = 0
    let i = strokes.length
    while (i > 0 && samples < WINDOW) samples += strokes[--i]?.length ?? 0
    return strokes.slice(i)
  }

  #makeAnew(unit = this.unit, stride = this.stride): void {
    this.#transcript = new Trajectory(unit, stride)
    for (const piece of this.#pieces) this.#transcribe(piece)
    this.#revision++
  }
}

function isInked(piece: Inked | Written | undefined): piece is Inked {
  return piece !== undefined && 'ink' in piece
}

function check({ x, y, t, pressure }: InkPoint): void {
  if (![x, y, t, pressure].every(Number.isFinite))
    throw new RangeError(`Expected finite numbers, got ink at ${x}, ${y}, time ${t}, pressure ${pressure}.`)
}
