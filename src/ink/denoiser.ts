import type { InkPoint } from './point.ts'

// A parabola is laid through what was seen from so long before a sample to so long after it, ms.
const BEHIND = 45
const AHEAD = 30
// Samples that are too few or too close for a parabola: its equations' determinant is less than this part of what it may be.
const SINGULAR = 1e-6

/**
 * Takes out the steps of a device that knows whole pixels only, a mouse: to a small hand they are a tremor that no pen has.
 *
 * A sample of grain g was anywhere within g/2 of where it was seen. There it is put where it is nearest to a parabola through
 * its neighbours in time (least squares, the nearer the more they count). So nothing moves farther than the device left
 * open, large writing hardly changes, and a sample without a grain stays exactly where it is, as do the first and the last.
 */
export class Denoiser {
  #samples: InkPoint[] = [] // that are still of use
  #given = 0 // how many of them

  /** Takes samples and gives those that no later one can move: with a grain, they are 30 ms behind the pen. */
  add(samples: readonly InkPoint[]): InkPoint[] {
    const certain: InkPoint[] = []
    for (const sample of samples) {
      this.#samples.push(sample)
      if (this.#samples.length === 1) {
        certain.push(sample)
        this.#given = 1
      }
      for (let next = this.#samples[this.#given]; next; next = this.#samples[this.#given]) {
        if (isCoarse(next) && sample.t < next.t + AHEAD) break
        certain.push(steadied(this.#samples, this.#given++))
      }
      this.#forget()
    }
    return certain
  }

  /** The samples still to come if the pen is lifted now. */
  ending(): InkPoint[] {
    const samples = this.#samples
    const last = samples.length - 1
    return samples.slice(this.#given).map((sample, n) => {
      const i = this.#given + n
      return i === last ? sample : steadied(samples, i)
    })
  }

  /** What is too long ago for the next sample. */
  #forget(): void {
    const { t } = this.#samples[Math.min(this.#given, this.#samples.length - 1)] as InkPoint
    let old = 0
    while (old < this.#given - 1 && (this.#samples[old] as InkPoint).t <= t - BEHIND) old++
    if (old === 0) return
    this.#samples.splice(0, old)
    this.#given -= old
  }
}

function isCoarse({ grain = 0 }: InkPoint): boolean {
  return grain > 0
}

/** Where a sample was, most likely; and no grain is left to it. */
function steadied(samples: readonly InkPoint[], i: number): InkPoint {
  const sample = samples[i] as InkPoint
  const { grain = 0 } = sample
  if (!(grain > 0)) return sample
  // Weighted sums of u⁰…u⁴, where u is the time from the sample, and of the places about it times u⁰, u¹, u².
  let [s0, s1, s2, s3, s4] = [0, 0, 0, 0, 0]
  let [x0, x1, x2] = [0, 0, 0]
  let [y0, y1, y2] = [0, 0, 0]
  for (let j = i; j < samples.length && (samples[j] as InkPoint).t < sample.t + AHEAD; j++) take(samples[j] as InkPoint)
  for (let j = i - 1; j >= 0 && (samples[j] as InkPoint).t > sample.t - BEHIND; j--) take(samples[j] as InkPoint)
  // The parabola's value at u = 0, by Cramer's rule.
  const c0 = s2 * s4 - s3 * s3
  const c1 = s2 * s3 - s1 * s4
  const c2 = s1 * s3 - s2 * s2
  const determinant = s0 * c0 + s1 * c1 + s2 * c2
  if (!(determinant > SINGULAR * s0 * s2 * s4)) return { ...sample, grain: 0 }
  const within = (offset: number) => Math.min(Math.max(offset / determinant, -grain / 2), grain / 2)
  return {
    ...sample,
    x: sample.x + within(c0 * x0 + c1 * x1 + c2 * x2),
    y: sample.y + within(c0 * y0 + c1 * y1 + c2 * y2),
    grain: 0,
  }

  function take({ x, y, t }: InkPoint): void {
    const u = (t - sample.t) / (t < sample.t ? BEHIND : AHEAD)
    const weight = 1 - u * u // Epanechnikov's
    const time = (t - sample.t) / BEHIND
    const first = weight * time
    const second = first * time
    s0 += weight
    s1 += first
    s2 += second
    s3 += second * time
    s4 += second * time * time
    x0 += weight * (x - sample.x)
    x1 += first * (x - sample.x)
    x2 += second * (x - sample.x)
    y0 += weight * (y - sample.y)
    y1 += first * (y - sample.y)
    y2 += second * (y - sample.y)
  }
}
