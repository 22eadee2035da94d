import type { InkPoint } from './point.ts'

/** `mouse`, `touch`, `pen`, or a type that browsers may add */
export type PointerType = string

/** What one pointer drew, from the point where it came down. */
export interface Stroke {
  readonly pointerId: number
  readonly pointerType: PointerType
  readonly points: readonly InkPoint[]
  /**
   * how it ended, undefined while in progress: `lifted`; `cancelled`, when the browser took the pointer away, so that it ends
   * at its last point; `palm`, when a pen came down beside a touch, so that the stroke should be undone
   */
  readonly end?: 'lifted' | 'cancelled' | 'palm'
}

export interface InkListener {
  /** A stroke begins. */
  onDown?(point: InkPoint, stroke: Stroke): void
  /** A stroke continues. Points come in drawing order, several at once on a fast device. */
  onMove?(points: readonly InkPoint[], stroke: Stroke): void
  /** A stroke ends. Every stroke that began ends exactly once. */
  onUp?(stroke: Stroke): void
}

interface OpenStroke extends Stroke {
  points: InkPoint[]
  end?: 'lifted' | 'cancelled' | 'palm'
}

// Touches count as a palm while a pen is near, and for this long after it was seen (ms).
const PALM = 500
const FRAME = 17 // ms

/**
 * Decides which pointer draws. One at a time: the first that comes down, until it is lifted; others are ignored meanwhile. A
 * pen takes precedence over touches, because the hand that holds it touches too. Or every pointer draws its own stroke.
 */
export class Strokes {
  readonly #listener: InkListener
  readonly #every: boolean
  readonly #open = new Map<number, OpenStroke>()
  #penSeen = Number.NEGATIVE_INFINITY

  /** @param every true: every pointer draws, not one at a time */
  constructor(listener: InkListener, every = false) {
    this.#listener = listener
    this.#every = every
  }

  /** The ids of the pointers that are drawing. */
  get pointers(): number[] {
    return [...this.#open.keys()]
  }

  /** Reports a pointer that came down. @returns whether it draws from now on */
  down(pointerId: number, pointerType: PointerType, point: InkPoint): boolean {
    this.up(pointerId, 'cancelled') // it cannot come down twice: the event of its end was lost
    if (!hasPlace(point)) return false
    if (!this.#every && !this.#mayDraw(pointerType, point.t)) return false
    if (pointerType === 'pen') this.pen(point.t)
    const start = cleaned(point)
    const stroke: OpenStroke = { pointerId, pointerType, points: [start] }
    this.#open.set(pointerId, stroke)
    this.#listener.onDown?.(start, stroke)
    return true
  }

  /** Reports moves of a pointer. Ignores pointers that do not draw and points that are not finite. */
  move(pointerId: number, points: readonly InkPoint[]): void {
    const stroke = this.#open.get(pointerId)
    if (!stroke) return
    const before = stroke.points.at(-1) as InkPoint
    const more: InkPoint[] = []
    for (const point of points) if (hasPlace(point)) more.push(cleaned(point, more.at(-1) ?? before))
    if (more.length === 0) return
    spread(more, before.t)
    if (stroke.pointerType === 'pen') this.pen((more.at(-1) as InkPoint).t)
    stroke.points.push(...more)
    this.#listener.onMove?.(more, stroke)
  }

  up(pointerId: number, end: 'lifted' | 'cancelled' | 'palm' = 'lifted'): void {
    const stroke = this.#open.get(pointerId)
    if (!stroke) return
    this.#open.delete(pointerId)
    stroke.end = end
    this.#listener.onUp?.(stroke)
  }

  /** Ends all strokes where they are. */
  cancel(): void {
    for (const pointerId of this.pointers) this.up(pointerId, 'cancelled')
  }

  /** Reports that a pen was seen, on the screen or above it, at time t (ms). */
  pen(t: number): void {
    if (Number.isFinite(t) && t > this.#penSeen) this.#penSeen = t
  }

  #mayDraw(pointerType: PointerType, t: number): boolean {
    if (pointerType === 'touch' && t < this.#penSeen + PALM) return false
    for (const { pointerId, pointerType: other } of this.#open.values()) {
      if (pointerType !== 'pen' || other !== 'touch') return false
      this.up(pointerId, 'palm')
    }
    return true
  }
}

function hasPlace({ x, y }: InkPoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y)
}

/** Cleans a sample: time never decreases, and devices without pressure (0 or undefined) get half pressure. */
function cleaned({ x, y, t, pressure, grain = 0 }: InkPoint, before?: InkPoint): InkPoint {
  const then = before?.t ?? 0
  return {
    x,
    y,
    t: Number.isFinite(t) && t > then ? t : then,
    pressure: pressure > 0 ? Math.min(pressure, 1) : (before?.pressure ?? 0.5), // a pen that is just being lifted reports 0 too
    grain,
  }
}

/** Some browsers give all points of a batch the time of the last one: spread them evenly over the frame before. */
function spread(points: InkPoint[], before: number): void {
  for (let i = 0; i < points.length; ) {
    const { t } = points[i] as InkPoint
    let end = i
    while (points[end]?.t === t) end++
    const start = Math.max(points[i - 1]?.t ?? before, t - FRAME)
    for (let j = i; j < end; j++) (points[j] as InkPoint).t = start + ((t - start) * (j + 1 - i)) / (end - i)
    i = end
  }
}
