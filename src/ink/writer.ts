import { log } from '../elementary.ts'
import { checkMovement, type Movement } from '../stroke.ts'
import { estimateStride, paceOf } from './pace.ts'
import type { InkPoint, Point } from './point.ts'
import { Resampler } from './resample.ts'
import { Row } from './row.ts'
import { estimateSigma, UNIT } from './size.ts'

export interface WriterOptions {
  /** a guess of the model unit in pixels, until the hand has shown its size */
  unit?: number
  /** a guess of the milliseconds from one point to the next, until the hand has shown its pace */
  stride?: number
}

/** A stroke of the hand. */
interface Inked {
  ink: InkPoint[]
  /** of that, what is certain; see `Steady` */
  steadied: InkPoint[]
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
// A dot gets a second point so far away, in sigmas, as in training.
const DOT = 0.04

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
 *     if (seen !== writer.revision) {
 *       seen = writer.revision
 *       model.set_scale_factor(writer.unit)
 *       state = model.zero_state()
 *       read = 0
 *     }
 *     while (read < writer.movements.length && thereIsTime()) state = model.update(writer.movements[read++], state)
 */
export class Writer {
  #guess: { unit: number; stride: number }
  #unit: number
  #stride: number
  #revision = 0
  readonly #pieces: (Inked | Written)[] = []
  // made from the pieces
  #movements: Movement[] = []
  #points: Point[] = []
  #rows: Row[] = []
  #starts: number[] = [] // how many movements came before each
  // while the pen touches
  #stroke: Inked | undefined
  #resampler: Resampler | undefined
  #looked = 0

  /** @param options both above 0; RangeError otherwise */
  constructor({ unit = 10, stride = 20 }: WriterOptions = {}) {
    for (const [name, value] of Object.entries({ unit, stride }))
      if (!(value > 0 && value < Number.POSITIVE_INFINITY))
        throw new RangeError(`Got ${name} ${value} when expected a finite number above 0.`)
    this.#guess = { unit, stride }
    this.#unit = unit
    this.#stride = stride
  }

  /** Pixels a model unit: the model's scale factor for these movements. */
  get unit(): number {
    return this.#unit
  }

  /** Milliseconds from one point to the next. */
  get stride(): number {
    return this.#stride
  }

  /** Goes up when movements that had been given are no longer what they were. */
  get revision(): number {
    return this.#revision
  }

  /**
   * All movements that are certain, in pixels: the first, [0, 0, 0], puts the pen down. They follow the ink, except where
   * a stroke begins another row: that stands, for the network, further on on the same line, as rows did in training.
   */
  get movements(): readonly Movement[] {
    return this.#movements
  }

  /** Where on the paper the pen was after each movement: as many as `movements`. */
  get points(): readonly Point[] {
    return this.#points
  }

  /** The few movements from the last certain one to the tip of the pen, still subject to change; none while it is lifted. */
  get pending(): Movement[] {
    let from = this.#points.at(-1)
    const movements: Movement[] = []
    for (const to of this.#resampler?.ending() ?? []) {
      if (from) movements.push([to.x - from.x, to.y - from.y, 0])
      from = to
    }
    return movements
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
    const last = this.#movements.at(-1)
    const from = this.#points.at(-1)
    if (last && from && last[2] === 0) this.wrote([0, 0, 1], from)
    this.#stroke = { ink: [point], steadied: [] }
    this.#pieces.push(this.#stroke)
    this.#looked = 0
    this.#begin(this.#stroke)
  }

  /** The pen moves on the paper. A lifted pen leaves no ink, and nothing happens. */
  move(points: readonly InkPoint[]): void {
    points.forEach(check)
    if (!this.#stroke || !this.#resampler) return
    this.#stroke.ink.push(...points)
    this.#goOn(this.#resampler.add(points))
    if (this.#movements.length < this.#looked + LOOK_EVERY) return
    this.#look()
    this.#looked = this.#movements.length
  }

  /** The pen is lifted. */
  up(): void {
    if (!this.#resampler) return
    this.#finish()
    this.#stroke = undefined
    this.#look()
    if (this.#movements.length > MOST) this.#forget()
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
   * @param movement pixels
   * @param to where on the paper the pen was after it
   */
  wrote([dx, dy, pen]: Readonly<Movement>, { x, y }: Point): void {
    checkMovement([dx, dy, pen])
    check({ x, y, t: 0, pressure: 0 })
    this.up()
    const written: Written = { movement: [dx, dy, pen], to: { x, y } }
    this.#pieces.push(written)
    this.#write(written)
  }

  /** An empty page. What is known of the hand stays known. */
  clear(): void {
    this.up()
    this.#pieces.length = 0
    this.#guess = { unit: this.#unit, stride: this.#stride }
    this.#makeAnew()
  }

  get #sigma(): number {
    return this.#unit / UNIT
  }

  get #row(): Row | undefined {
    return this.#rows.at(-1)
  }

  get #inked(): Inked[] {
    return this.#pieces.filter(isInked)
  }

  /** The first point of a stroke, and those that are certain. */
  #begin(stroke: Inked): void {
    this.#starts.push(this.#movements.length)
    this.#resampler = new Resampler(paceOf(this.#stride, this.#sigma))
    // What was steadied once stays as it is.
    const ink = stroke === this.#stroke ? stroke.ink : stroke.steadied
    const [start, ...points] = this.#resampler.add(ink) as [Point, ...Point[]]
    stroke.steadied = this.#resampler.steadied
    const from = this.#points.at(-1) ?? start
    const leaves = this.#row?.isLeftFor(start, this.#sigma)
    const to = leaves ? (this.#row as Row).next(this.#sigma) : start
    if (!this.#row || leaves) this.#rows.push(new Row(start))
    this.#push([to.x - from.x, to.y - from.y, 0], start)
    this.#row?.measure(start)
    this.#goOn(points)
  }

  #goOn(points: readonly Point[]): void {
    for (const to of points) {
      const from = this.#points.at(-1) as Point
      this.#push([to.x - from.x, to.y - from.y, 0], to)
      this.#row?.measure(to, from)
    }
  }

  #finish(): void {
    const points = this.#resampler?.finish() ?? []
    this.#resampler = undefined
    const { x, y } = this.#points.at(-1) as Point
    const isDot = points.length === 0
    this.#goOn(isDot ? [{ x: x + DOT * this.#sigma, y }] : points)
    const last = this.#movements.at(-1) as Movement
    last[2] = 1
  }

  #write({ movement, to }: Written): void {
    this.#starts.push(this.#movements.length)
    const [dx, dy] = movement
    const { x, y } = this.#points.at(-1) ?? to
    const follows = Math.hypot(to.x - x - dx, to.y - y - dy) < this.#unit
    if (!this.#row || !follows) this.#rows.push(new Row(to))
    this.#push([...movement], to)
  }

  #push(movement: Movement, to: Point): void {
    this.#movements.push(movement)
    this.#points.push(to)
    this.#row?.extend(to)
  }

  /** Looks at the hand's size and pace, and makes the movements anew where they do not fit any more. */
  #look(tolerance = TOLERANCE): void {
    const sigma = estimateSigma(this.#rows, this.#guess.unit / UNIT)
    const stride = estimateStride(this.#recent(), sigma, this.#guess.stride, this.#stride)
    if (Math.max(Math.abs(log(sigma / this.#sigma)), Math.abs(log(stride / this.#stride))) < tolerance) return
    this.#unit = sigma * UNIT
    this.#stride = stride
    this.#makeAnew()
  }

  /** Lets go of the pieces before the newer half of the movements, but of no part of the last. */
  #forget(): void {
    const half = this.#movements.length / 2
    const newer = this.#starts.findIndex((start) => start >= half)
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

  #makeAnew(): void {
    this.#movements = []
    this.#points = []
    this.#rows = []
    this.#starts = []
    for (const piece of this.#pieces) {
      if (isInked(piece)) {
        this.#begin(piece)
        if (piece !== this.#stroke) this.#finish()
      } else this.#write(piece)
    }
    this.#revision++
  }
}

function isInked(piece: Inked | Written | undefined): piece is Inked {
  return piece !== undefined && 'ink' in piece
}

function check({ x, y, t, pressure }: InkPoint): void {
  if (![x, y, t, pressure].every(Number.isFinite))
    throw new RangeError(`Got ink at ${x}, ${y}, time ${t}, pressure ${pressure} when expected finite numbers.`)
}
