import { type Model, Paths, Random, veer } from 'longhand'
import type { Line } from '../frame/written-line.ts'
import type { Hairs } from './hairs.ts'

export interface TuftOptions {
  /** hairs per tuft */
  count: number
  /** most movements per hair: it ends where it lifts the pen */
  length: number
  temperature: number
  seed: number
}

// Every fourth point first, then those between; each round adds this many hairs to all tufts.
const COARSE = [0, 2, 1, 3]
const ROUNDS = [3, 7, 10]

/**
 * A tuft of hairs at every point of a line, grown over many frames: sparse along the whole line first, then denser. The same
 * seed gives the same hairs, whatever the frame rate.
 */
export class Tufts {
  readonly #hairs: Hairs
  readonly #model: Model
  readonly #line: Line
  readonly #options: TuftOptions
  /** the position of each sweep along the line: a round of hairs for every fourth point */
  readonly #sweeps: { hairs: number; seed: number; root: number }[] = []
  #tuft: { root: number; paths: Paths; left: number } | undefined

  /** @param hairs is cleared and filled */
  constructor(model: Model, line: Line, hairs: Hairs, options: TuftOptions) {
    hairs.clear()
    this.#hairs = hairs
    this.#model = model
    this.#line = line
    this.#options = options
    for (let round = 0, left = options.count; left > 0; round++) {
      const hairs = Math.min(ROUNDS[round] ?? ROUNDS[ROUNDS.length - 1], left)
      left -= hairs
      for (const root of COARSE) this.#sweeps.push({ hairs, seed: options.seed + 7919 * round, root })
    }
  }

  /** Grows hairs while there is time, as far as the line is written. @returns whether there was anything to do */
  grow(hasTime: () => boolean): boolean {
    const before = this.#hairs.count
    for (;;) {
      this.#tuft ??= this.#begin()
      if (!this.#tuft) return this.#hairs.count > before
      const path = this.#tuft.paths.next(hasTime)
      if (!path) return true
      const { root } = this.#tuft
      const lift = path.findIndex(([, , pen]) => pen === 1)
      const movements = lift < 0 ? path : path.slice(0, lift + 1)
      const right = veer(movements, this.#line.movements.slice(root + 1, root + 1 + movements.length)) > 0
      this.#hairs.add(root, right, movements)
      if (--this.#tuft.left === 0) this.#tuft = undefined
    }
  }

  /** Stops growing. */
  stop(): void {
    this.#tuft?.paths.stop()
    this.#tuft = undefined
  }

  /** Starts the next tuft, in the first sweep that has not reached the end of the line. */
  #begin() {
    const { movements, states, points, rests } = this.#line
    const { length, temperature } = this.#options
    const known = rests ? movements.length - 1 : movements.length - length // hairs are compared with what was written after their root
    const end = Math.min(known, states.length, points.length)
    for (const sweep of this.#sweeps) {
      while (sweep.root < end && movements[sweep.root][2] === 1) sweep.root += COARSE.length // the pen is lifted
      if (sweep.root >= end) continue
      const { root, hairs, seed } = sweep
      if (hairs > this.#hairs.room) return undefined
      sweep.root += COARSE.length
      const random = new Random((seed + 977 * root) % 2 ** 32)
      const paths = new Paths(this.#model, states[root], { steps: length, temperature, random })
      return { root, paths, left: hairs }
    }
    return undefined
  }
}
