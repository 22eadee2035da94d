import { Random } from 'longhand'

const EASE = 0.5 // share of a change followed per second

/** Projects a hidden state onto a few fixed random directions, and smooths the results. */
export class Sway {
  readonly #seed: number
  readonly #reach: number
  /** (count, H) row-major, drawn from the seed */
  #directions = new Float32Array()
  #values: number[]

  constructor(seed: number, count: number, reach: number) {
    this.#seed = seed
    this.#reach = reach
    this.#values = Array(count).fill(0)
  }

  /** @param h (H) the hidden state */
  follow(h: Float32Array, seconds: number): readonly number[] {
    const size = this.#values.length * h.length
    if (this.#directions.length !== size) {
      const random = new Random(this.#seed)
      this.#directions = Float32Array.from({ length: size }, () => random.normal())
    }
    const scale = this.#reach / (Math.hypot(...h) || 1)
    const part = 1 - (1 - EASE) ** seconds
    this.#values = this.#values.map((value, n) => {
      let along = 0
      for (let j = 0; j < h.length; j++) along += this.#directions[n * h.length + j] * h[j]
      return value + part * (scale * along - value)
    })
    return this.#values
  }
}
