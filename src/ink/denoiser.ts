import type { InkPoint } from './point.ts'

// The window of the local parabola: from BEHIND ms before a sample to AHEAD ms after it.
const BEHIND = 45
const AHEAD = 30
// Too few samples, or too close in time: the determinant is below this share of its possible size.
const SINGULAR = 1e-6

/**
 * Removes the pixel steps of a mouse, which in small writing look like a tremor that no pen has.
 *
 * The true place of a sample with resolution (grain) g is within g/2 of the reported one. Within that range it moves as close
 * as possible to a parabola fitted to its neighbors in time (weighted least squares). So no sample moves farther than the
 * device's resolution, large writing hardly changes, and samples without a grain, and the first and the last, do not move.
 */
export class Denoiser {
  #samples: InkPoint[] = [] // still needed
  #returned = 0 // of them

  /** Adds samples and returns the new ones that no later sample can change. With a grain, they are 30 ms behind the pen. */
  add(samples: readonly InkPoint[]): InkPoint[] {
    const final: InkPoint[] = []
    for (const sample of samples) {
      this.#samples.push(sample)
      if (this.#samples.length === 1) {
        final.push(sample)
        this.#returned = 1
      }
      for (let next = this.#samples[this.#returned]; next; next = this.#samples[this.#returned]) {
        if (hasGrain(next) && sample.t < next.t + AHEAD) break
        final.push(denoised(this.#samples, this.#returned++))
      }
      this.#forget()
    }
    return final
  }

  /** Returns the samples that would remain if the pen were lifted now. */
  ending(): InkPoint[] {
    const samples = this.#samples
    const last = samples.length - 1
    return samples.slice(this.#returned).map((sample, n) => {
      const i = this.#returned + n
      return i === last ? sample : denoised(samples, i)
    })
  }

  /** Drops samples outside the window of the next one. */
  #forget(): void {
    const { t } = this.#samples[Math.min(this.#returned, this.#samples.length - 1)] as InkPoint
    let old = 0
    while (old < this.#returned - 1 && (this.#samples[old] as InkPoint).t <= t - BEHIND) old++
    if (old === 0) return
    this.#samples.splice(0, old)
    this.#returned -= old
  }
}

function hasGrain({ grain = 0 }: InkPoint): boolean {
  return grain > 0
}

/** Returns a sample at its most likely place, without a grain. */
function denoised(samples: readonly InkPoint[], i: number): InkPoint {
  const sample = samples[i] as InkPoint
  const { grain = 0 } = sample
  if (!(grain > 0)) return sample
  // weighted sums of u⁰…u⁴ with u the time from the sample, and of places relative to it times u⁰, u¹, u²
  let [s0, s1, s2, s3, s4] = [0, 0, 0, 0, 0]
  let [x0, x1, x2] = [0, 0, 0]
  let [y0, y1, y2] = [0, 0, 0]
  for (let j = i; j < samples.length && (samples[j] as InkPoint).t < sample.t + AHEAD; j++) take(samples[j] as InkPoint)
  for (let j = i - 1; j >= 0 && (samples[j] as InkPoint).t > sample.t - BEHIND; j--) take(samples[j] as InkPoint)
  // the value of the parabola at u = 0, by Cramer's rule
  const c0 = s2 * s4 - s3 * s3
  const c1 = s2 * s3 - s1 * s4
  const c2 = s1 * s3 - s2 * s2
  const determinant = s0 * c0 + s1 * c1 + s2 * c2
  if (!(determinant > SINGULAR * s0 * s2 * s4)) return { ...sample, grain: 0 }
  const clamp = (offset: number) => Math.min(Math.max(offset / determinant, -grain / 2), grain / 2)
  return {
    ...sample,
    x: sample.x + clamp(c0 * x0 + c1 * x1 + c2 * x2),
    y: sample.y + clamp(c0 * y0 + c1 * y1 + c2 * y2),
    grain: 0,
  }

  function take({ x, y, t }: InkPoint): void {
    const u = (t - sample.t) / (t < sample.t ? BEHIND : AHEAD)
    const weight = 1 - u * u // Epanechnikov kernel
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
