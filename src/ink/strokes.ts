import type { InkPoint } from './point.ts'

/** `mouse`, `touch`, `pen`, or what a browser may yet think of */
export type PointerType = string

/** What one pointer drew from where it came down. */
export interface Stroke {
  readonly pointerId: number
  readonly pointerType: PointerType
  readonly points: readonly InkPoint[]
  /**
   * how it ended, undefined while it is drawn: `lifted`; `cancelled`, where the browser took the pointer away, so that it
   * ends where it was seen last; `palm`, where a pen came down beside a touch, which may be taken back
   */
  readonly end?: 'lifted' | 'cancelled' | 'palm'
}

export interface InkListener {
  /** A stroke begins. */
  onDown?(point: InkPoint, stroke: Stroke): void
  /** It goes on; points come in the order in which they were drawn, several at once where the device is fast. */
  onMove?(points: readonly InkPoint[], stroke: Stroke): void
  /** It is over, whatever happened. Every stroke that began ends once. */
  onUp?(stroke: Stroke): void
}

interface OpenStroke extends Stroke {
  points: InkPoint[]
  end?: 'lifted' | 'cancelled' | 'palm'
}

// A hand rests beside its pen: touches are a palm while a pen is near, and for so long after it was seen (ms).
const PALM = 500
const FRAME = 17 // ms

/**
 * Which pointer writes. One at a time: the first that comes down, until it is lifted; others meanwhile are passed over.
 * A pen goes before fingers, since the hand that holds it touches as well. Or every pointer draws its own stroke.
 */
export class Strokes {
  readonly #listener: InkListener
  readonly #every: boolean
  readonly #open = new Map<number, OpenStroke>()
  #penSeen = Number.NEGATIVE_INFINITY

  /** @param every whether every pointer draws, not one at a time */
  constructor(listener: InkListener, every = false) {
    this.#listener = listener
    this.#every = every
  }

  /** The pointers that are drawing. */
  get pointers(): number[] {
    return [...this.#open.keys()]
  }

  /** @returns whether this pointer draws from now on */
  down(pointerId: number, pointerType: PointerType, point: InkPoint): boolean {
    this.up(pointerId, 'cancelled') // it cannot come down twice: its end was never heard of
    if (!isPlace(point)) return false
    if (!this.#every && !this.#mayBegin(pointerType, point.t)) return false
    if (pointerType === 'pen') this.pen(point.t)
    const start = settled(point)
    const stroke: OpenStroke = { pointerId, pointerType, points: [start] }
    this.#open.set(pointerId, stroke)
    this.#listener.onDown?.(start, stroke)
    return true
  }

  /** Points of a pointer that does not draw, and points that are nowhere, are passed over. */
  move(pointerId: number, points: readonly InkPoint[]): void {
    const stroke = this.#open.get(pointerId)
    if (!stroke) return
    const before = stroke.points.at(-1) as InkPoint
    const more: InkPoint[] = []
    for (const point of points) if (isPlace(point)) more.push(settled(point, more.at(-1) ?? before))
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

  /** All that are drawing end where they are. */
  cancel(): void {
    for (const pointerId of this.pointers) this.up(pointerId, 'cancelled')
  }

  /** A pen was seen, on the paper or above it, at time t (ms). */
  pen(t: number): void {
    if (Number.isFinite(t) && t > this.#penSeen) this.#penSeen = t
  }

  #mayBegin(pointerType: PointerType, t: number): boolean {
    if (pointerType === 'touch' && t < this.#penSeen + PALM) return false
    for (const { pointerId, pointerType: other } of this.#open.values()) {
      if (pointerType !== 'pen' || other !== 'touch') return false
      this.up(pointerId, 'palm')
    }
    return true
  }
}

function isPlace({ x, y }: InkPoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y)
}

/** Time never runs back; who has no sense of pressure (touch screens say 0, some devices nothing) presses halfway. */
function settled({ x, y, t, pressure, grain = 0 }: InkPoint, before?: InkPoint): InkPoint {
  const then = before?.t ?? 0
  return {
    x,
    y,
    t: Number.isFinite(t) && t > then ? t : then,
    pressure: pressure > 0 ? Math.min(pressure, 1) : (before?.pressure ?? 0.5), // a pen that is just lifted says 0, too
    grain,
  }
}

/** Some browsers give all points of a batch the time of the last: they came evenly in the frame before, as far as one knows. */
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
