import { type Mixture, type Random, sampleMixture, temper } from 'longhand'
import type { Palette } from '../frame/palette.ts'
import type { Box } from './layout.ts'

const SPAN = 4.5 // from the middle to either end
const FALL = 9 // acceleration, in heights of the picture per second squared
const DOTS = 420 // most dots in the pile

/** Creates twenty normal distributions on a line, as a two-dimensional mixture whose second dimension is unused. */
export function twentyNormals(random: Random): Mixture {
  const fill = (value: () => number) => Float32Array.from({ length: 20 }, value)
  const shares = fill(() => random.uniform() ** 2 + 0.04)
  const total = shares.reduce((sum, share) => sum + share, 0)
  return {
    pi: shares.map((share) => share / total),
    mu1: fill(() => (random.uniform() * 2 - 1) * 3),
    mu2: fill(() => 0),
    sigma1: fill(() => 0.14 + 0.5 * random.uniform() ** 2),
    sigma2: fill(() => 1),
    rho: fill(() => 0),
    eos: 0,
  }
}

/** Draws twenty faint normal distributions, their sum in bold, and samples from it that fall below. */
export class Bells {
  readonly normals: Mixture
  readonly #random: Random
  #due = 0 // dots
  #falling: { x: number; y: number; speed: number }[] = [] // x −1…1, y 0 (line) to 1 (floor)
  #temperature: number | undefined // of the latest samples
  #pile: number[] = [] // x of the samples on the floor, oldest first

  constructor(random: Random) {
    this.#random = random
    this.normals = twentyNormals(random)
  }

  get dots(): number {
    return this.#pile.length
  }

  /** Drops samples. @param dots may be fractional: fractions add up */
  rain(dots: number, temperature: number): void {
    for (this.#due += dots; this.#due >= 1; this.#due--) this.drop(temperature)
  }

  drop(temperature: number): void {
    const x = sampleMixture(this.normals, temperature, this.#random)[0] / SPAN
    if (Math.abs(x) < 1) this.#falling.push({ x, y: 0, speed: 0 })
  }

  fall(seconds: number): void {
    for (const dot of this.#falling) {
      dot.speed += FALL * seconds
      dot.y += dot.speed * seconds
      if (dot.y >= 1) this.#pile.push(dot.x)
    }
    this.#falling = this.#falling.filter(({ y }) => y < 1)
    this.#pile.splice(0, this.#pile.length - DOTS)
  }

  draw(context: CanvasRenderingContext2D, box: Box, temperature: number, { ink, accent }: Palette): void {
    if (temperature !== this.#temperature) this.#pile = [] // samples at another temperature say nothing about this one
    this.#temperature = temperature
    const line = box.y + 0.62 * box.height
    const { pi, mu1, sigma1 } = temper(this.normals, temperature)
    const xs = Array.from({ length: Math.ceil(box.width / 2) + 1 }, (_, n) => 2 * n)
    const curve = (k: number) =>
      xs.map((x) => {
        const z = (SPAN * ((2 * x) / box.width - 1) - mu1[k]) / sigma1[k]
        return (pi[k] / sigma1[k]) * Math.exp((-z * z) / 2)
      })
    const curves = Array.from(pi, (_, k) => curve(k))
    const sum = xs.map((_, n) => curves.reduce((total, one) => total + one[n], 0))
    const scale = (line - box.y) / Math.max(...sum)
    const trace = (heights: number[], width: number, alpha: number) => {
      context.beginPath()
      heights.forEach((height, n) => {
        context.lineTo(box.x + xs[n], line - scale * height)
      })
      context.lineWidth = width
      context.globalAlpha = alpha
      context.stroke()
    }
    context.strokeStyle = ink
    for (const one of curves) trace(one, 1, 0.4)
    trace(sum, Math.max(2.5, box.width / 160), 1)
    this.#drawDots(context, { ...box, y: line, height: box.y + box.height - line }, accent)
  }

  #drawDots(context: CanvasRenderingContext2D, { x, y, width, height }: Box, color: string): void {
    const size = Math.max(4, width / 90)
    const columns = Math.floor(width / size)
    const column = (dot: number) => Math.min(columns - 1, Math.floor(((dot + 1) / 2) * columns))
    const counts = new Uint16Array(columns)
    for (const dot of this.#pile) counts[column(dot)]++
    const rise = Math.min(size, (0.9 * height) / Math.max(...counts, 1)) // compress a pile that is too high
    context.fillStyle = color
    const circle = (atColumn: number, atY: number) => {
      context.moveTo(x + (atColumn + 1) * (width / columns), atY)
      context.arc(x + (atColumn + 0.5) * (width / columns), atY, 0.42 * size, 0, 2 * Math.PI)
    }
    context.beginPath()
    counts.forEach((count, at) => {
      for (let n = 0; n < count; n++) circle(at, y + height - size / 2 - n * rise)
    })
    for (const dot of this.#falling) circle(column(dot.x), y + size / 2 + dot.y * (height - size))
    context.fill()
  }
}
