import { log } from '../math/elementary.ts'
import { checkMovement, type Movement } from '../math/movement.ts'
import type { InkPoint, Point } from './point.ts'
import { estimateStride } from './sampling.ts'
import { estimateSigma, UNIT } from './size.ts'
import { Trajectory } from './trajectory.ts'

export interface VisitorInkOptions {
  /** initial guess of a model unit, in pixels, until the writing has shown its size */
  unit?: number
  /** initial guess of the time between points, in milliseconds, until the writing has shown its speed */
  stride?: number
}

/** A stroke of the visitor. */
interface Stroke {
  ink: InkPoint[]
  /** the denoised part of the ink that no later sample can change; see `Denoiser` */
  denoised: readonly InkPoint[]
}

/** A movement of the network in between. */
interface Written {
  movement: Movement
  to: Point
}

// Normalize again when the estimates of size and speed differ from the current ones by more than this factor (as a
// logarithm); when the visitor pauses, there is time for a finer adjustment.
const TOLERANCE = 0.15
const FINE_TOLERANCE = 0.03
// Within a stroke, which may be a whole word, estimate the size again after this many points.
const CHECK_INTERVAL = 40
// The stride is estimated from the latest samples.
const LATEST_SAMPLES = 3000
// Beyond this many movements the older half is dropped, so that a page can run for weeks.
const MOST_MOVEMENTS = 6000

/**
 * A visitor's handwriting, normalized as the network's training data was: ink becomes movements in model units, evenly
 * spaced in time, with size and stride estimated from the ink while it arrives.
 *
 * `movements` only grows, so a sketch can keep its position and read on, as far as each frame allows. When the estimate of
 * size or stride changes, all movements are computed again, `unit` changes, and `revision` increases: then read from the
 * start, or from the last 250 movements; older ones have faded from the network's state. This happens a few times in the
 * first line, rarely later, and whenever the pen is lifted after 6,000 movements, when the older half is dropped. A `Reader`
 * does all this within a time budget per frame.
 */
export class VisitorInk {
  #guess: { unit: number; stride: number }
  #trajectory: Trajectory // of all pieces
  #revision = 0
  readonly #pieces: (Stroke | Written)[] = []
  #stroke: Stroke | undefined // while the pen touches
  #checked = 0 // the number of movements at the last estimate within a stroke

  /** @throws RangeError unless both options are finite and above 0 */
  constructor({ unit = 10, stride = 20 }: VisitorInkOptions = {}) {
    for (const [name, value] of Object.entries({ unit, stride }))
      if (!(value > 0 && value < Number.POSITIVE_INFINITY))
        throw new RangeError(`Expected ${name} to be a finite number above 0, got ${value}.`)
    this.#guess = { unit, stride }
    this.#trajectory = new Trajectory(unit, stride)
  }

  /** Pixels per model unit. */
  get unit(): number {
    return this.#trajectory.unit
  }

  /** Milliseconds between points. */
  get stride(): number {
    return this.#trajectory.stride
  }

  /** Increases when movements returned earlier have changed. */
  get revision(): number {
    return this.#revision
  }

  /**
   * All final movements, in model units; the first, [0, 0, 0], puts the pen down. They follow the ink, except that a stroke
   * that starts another line continues to the right on one endless line, as in training.
   */
  get movements(): readonly Movement[] {
    return this.#trajectory.movements
  }

  /** Where the pen was after each movement, in pixels. */
  get points(): readonly Point[] {
    return this.#trajectory.points
  }

  /** The few movements from the last final one to the tip of the pen, which may still change; none while it is lifted. */
  get pending(): Movement[] {
    let from = this.points.at(-1)
    const movements: Movement[] = []
    for (const to of this.#trajectory.ending) {
      if (from) movements.push([(to.x - from.x) / this.unit, (to.y - from.y) / this.unit, 0])
      from = to
    }
    return movements
  }

  /** Where the tip of the pen is, in pixels; undefined before any ink. */
  get tip(): Point | undefined {
    return this.#trajectory.ending.at(-1) ?? this.points.at(-1)
  }

  /** The visitor's strokes as drawn, including the one in progress. */
  get strokes(): readonly (readonly InkPoint[])[] {
    return this.#strokes.map(({ ink }) => ink)
  }

  /** Whether the pen touches the page. */
  get writing(): boolean {
    return this.#stroke !== undefined
  }

  /** Puts the pen down. @throws RangeError for a point that is not finite; `move` does too */
  down(point: InkPoint): void {
    checkPoint(point)
    this.up()
    // Where the visitor takes over within a stroke of the network, that stroke ends.
    const last = this.movements.at(-1)
    const from = this.points.at(-1)
    if (last && from && last[2] === 0) this.wrote([0, 0, 1], from)
    this.#stroke = { ink: [point], denoised: [] }
    this.#pieces.push(this.#stroke)
    this.#checked = 0
    this.#add(this.#stroke)
  }

  /** Moves the pen. Does nothing while it is lifted. */
  move(points: readonly InkPoint[]): void {
    points.forEach(checkPoint)
    if (!this.#stroke) return
    this.#stroke.ink.push(...points)
    this.#trajectory.add(points)
    if (this.movements.length < this.#checked + CHECK_INTERVAL) return
    this.#normalize()
    this.#checked = this.movements.length
  }

  /** Lifts the pen. */
  up(): void {
    if (!this.#stroke) return
    this.#trajectory.finish()
    this.#stroke = undefined
    this.#normalize()
    if (this.movements.length > MOST_MOVEMENTS) this.#forget()
  }

  /** Call when the visitor pauses: estimates size and stride more finely, which often changes the revision. */
  settle(): void {
    this.up()
    this.#normalize(FINE_TOLERANCE)
  }

  /** Removes the last piece: a stroke (of a palm, say), or everything that the network wrote since. */
  undo(): void {
    this.up()
    const last = this.#pieces.pop()
    if (!last) return
    if (!isStroke(last)) while (this.#pieces.length > 0 && !isStroke(this.#pieces.at(-1))) this.#pieces.pop()
    this.#rebuild()
  }

  /**
   * Adds a movement that the network wrote, so that what the visitor writes next follows it.
   * @param movement in model units
   * @param to where the pen is after it, in pixels
   */
  wrote([dx, dy, pen]: Readonly<Movement>, { x, y }: Point): void {
    checkMovement([dx, dy, pen])
    checkPoint({ x, y, t: 0, pressure: 0 })
    this.up()
    const written: Written = { movement: [dx, dy, pen], to: { x, y } }
    this.#pieces.push(written)
    this.#add(written)
  }

  /** Clears the page. The estimates of size and stride are kept. */
  clear(): void {
    this.up()
    this.#pieces.length = 0
    this.#guess = { unit: this.unit, stride: this.stride }
    this.#rebuild()
  }

  get #strokes(): Stroke[] {
    return this.#pieces.filter(isStroke)
  }

  #add(piece: Stroke | Written): void {
    if (isStroke(piece)) {
      const isInProgress = piece === this.#stroke
      // Samples are denoised once; a rebuild uses the result.
      piece.denoised = this.#trajectory.begin(isInProgress ? piece.ink : piece.denoised)
      if (!isInProgress) this.#trajectory.finish()
    } else this.#trajectory.write(piece.movement, piece.to)
  }

  /** Estimates size and stride, and rebuilds the movements if they differ from the current ones. */
  #normalize(tolerance = TOLERANCE): void {
    const old = this.#trajectory
    const sigma = estimateSigma(old.lines, this.#guess.unit / UNIT)
    const unit = sigma * UNIT
    const stride = estimateStride(this.#latest(), sigma, this.#guess.stride, old.stride)
    if (Math.max(Math.abs(log(unit / old.unit)), Math.abs(log(stride / old.stride))) < tolerance) return
    this.#rebuild(unit, stride)
  }

  /** Drops the pieces before the newer half of the movements, but never the last piece. */
  #forget(): void {
    const half = this.movements.length / 2
    const newer = this.#trajectory.starts.findIndex((start) => start >= half)
    this.#pieces.splice(0, newer < 0 ? this.#pieces.length - 1 : newer)
    this.#rebuild()
  }

  #latest(): readonly (readonly InkPoint[])[] {
    const strokes = this.#strokes.map(({ denoised }) => denoised)
    let samples = 0
    let i = strokes.length
    while (i > 0 && samples < LATEST_SAMPLES) samples += strokes[--i]?.length ?? 0
    return strokes.slice(i)
  }

  #rebuild(unit = this.unit, stride = this.stride): void {
    this.#trajectory = new Trajectory(unit, stride)
    for (const piece of this.#pieces) this.#add(piece)
    this.#revision++
  }
}

function isStroke(piece: Stroke | Written | undefined): piece is Stroke {
  return piece !== undefined && 'ink' in piece
}

function checkPoint({ x, y, t, pressure }: InkPoint): void {
  if (![x, y, t, pressure].every(Number.isFinite))
    throw new RangeError(`Expected finite numbers, got ink at ${x}, ${y}, time ${t}, pressure ${pressure}.`)
}
