import type { InkListener, InkPoint, Point, Stroke } from 'longhand'

// The word "hello" as points of one stroke, upright, in x-heights, y up. SLANT is applied later.
const HELLO: [x: number, y: number][] = [
  [0, 0.1], [0.35, 0.5], [0.72, 1.45], [0.72, 2.15], [0.5, 2.2], [0.4, 1.4], [0.4, 0.6], [0.4, 0], // the stem of h
  [0.46, 0.45], [0.66, 0.88], [0.9, 0.96], [1, 0.65], [1, 0.2], [1.16, 0], // its arch
  [1.42, 0.2], [1.78, 0.62], [1.78, 0.95], [1.55, 0.98], [1.42, 0.55], [1.52, 0.08], [1.84, 0.02], // e
  [2.2, 0.45], [2.56, 1.45], [2.58, 2.15], [2.38, 2.2], [2.27, 1.3], [2.3, 0.35], [2.5, 0], // l
  [2.82, 0.4], [3.2, 1.45], [3.22, 2.15], [3.02, 2.2], [2.91, 1.3], [2.94, 0.35], [3.14, 0], // l
  [3.5, 0.3], [3.85, 0.85], [4.06, 0.98], [3.8, 0.85], [3.68, 0.4], [3.84, 0.02], [4.16, 0.1], [4.3, 0.6], [4.12, 0.97],
  [4.14, 0.82], [4.4, 0.76], [4.7, 0.9], // o
] // biome-ignore format: a row a letter

const SLANT = 0.28
const SAMPLES = 9 // between two points
const INTERVAL = 46 // milliseconds between points, and a little more where they are far apart

/** Writes "hello" by itself, for a demonstration or a preview. It calls the same listener as real pointers do. */
export class DemoHand {
  readonly #points: InkPoint[]
  readonly #listener: InkListener
  #elapsed = 0
  #drawn = 0

  /** @param place where the baseline begins; all in pixels */
  constructor(listener: InkListener, { x, y, xHeight }: Point & { xHeight: number }) {
    this.#listener = listener
    this.#points = hello().map((point) => ({ ...point, x: x + point.x * xHeight, y: y - point.y * xHeight }))
  }

  /**
   * Continues writing.
   * @param seconds since the last frame
   * @param part of the word to write, 0…1
   * @returns whether that part is complete; the pen stays on the page
   */
  write(seconds: number, part: number): boolean {
    if (this.#drawn === 0) {
      this.#listener.onDown?.(this.#points[this.#drawn++], this.#stroke)
      return false
    }
    this.#elapsed += 1000 * Math.min(seconds, 0.1)
    const most = Math.round(part * this.#points.length)
    const due = this.#points.slice(this.#drawn, most).filter(({ t }) => t <= this.#elapsed)
    this.#drawn += due.length
    if (due.length > 0) this.#listener.onMove?.(due, this.#stroke)
    return this.#drawn >= most
  }

  get #stroke(): Stroke {
    return { pointerId: -1, pointerType: 'pen', points: this.#points.slice(0, this.#drawn) }
  }
}

/** Returns samples of the word, in x-heights, y up. */
function hello(): InkPoint[] {
  const points: InkPoint[] = []
  const at = (n: number) => HELLO[Math.min(Math.max(n, 0), HELLO.length - 1)]
  let t = 0
  for (let n = 0; n < HELLO.length - 1; n++) {
    const stretch = Math.hypot(at(n + 1)[0] - at(n)[0], at(n + 1)[1] - at(n)[1])
    for (let sample = 0; sample < SAMPLES; sample++) {
      const u = sample / SAMPLES
      const [x, y] = [0, 1].map((axis) => spline(u, at(n - 1)[axis], at(n)[axis], at(n + 1)[axis], at(n + 2)[axis]))
      points.push({ x: x + SLANT * y, y, t, pressure: 0.5 })
      t += (INTERVAL * (0.6 + 0.8 * stretch)) / SAMPLES
    }
  }
  return points
}

/** Returns a Catmull-Rom spline (1974) from b to c, at u in 0…1. */
function spline(u: number, a: number, b: number, c: number, d: number): number {
  return b + (u / 2) * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)))
}
