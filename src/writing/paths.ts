import type { Movement } from '../math/movement.ts'
import type { Random } from '../math/random.ts'
import type { State } from '../network/lstm.ts'
import type { Pair } from '../network/network.ts'
import { sampleLogits } from '../network/sampler.ts'
import { steppedPair } from '../network/stepped-pair.ts'
import { checkTemperature, DEFAULT_TEMPERATURE, type Temperature } from '../network/temperature.ts'
import type { Model } from './model.ts'

export interface PathsOptions {
  /** movements of each path, at least 1 */
  steps: number
  temperature?: Temperature
  random?: Random
  /** true: compute exactly as `Model.update` does, at half the speed, instead of with the pair's 16-bit states */
  exact?: boolean
}

/**
 * Samples many paths from one moment, two at a time, all of the same length, within a time budget per frame. Paths that
 * are in progress at the end of a frame are completed in the next, or dropped by `stop`.
 *
 * All paths share the first distribution, and nothing is read after the last movement, so a path of n steps takes n − 1
 * network steps.
 */
export class Paths {
  readonly #model: Model
  readonly #state: State
  readonly #options: Required<PathsOptions>
  readonly #first: Float64Array // (1 + 6M), the logits at the start
  #pair: Pair | undefined // of the paths in progress
  #paths: Movement[][] = [] // in progress
  #complete: Movement[][] = []

  /**
   * @param state after reading everything up to this moment; not changed
   * @param options RangeError unless steps is an integer of at least 1 and temperature is finite and ≥ 0
   */
  constructor(model: Model, state: State, options: PathsOptions) {
    if (typeof options !== 'object' || options === null)
      throw new TypeError(`Expected options { steps, temperature }, got ${String(options)}.`)
    const { steps, temperature = DEFAULT_TEMPERATURE, random = model.random, exact = false } = options
    if (!(Number.isInteger(steps) && steps > 0))
      throw new RangeError(`Expected steps to be an integer of at least 1, got ${steps}.`)
    checkTemperature(temperature) // now: later it would leave paths that can neither continue nor end
    this.#model = model
    this.#state = model.copy_state(state)
    this.#options = { steps, temperature, random, exact }
    this.#first = model.network.logits(state.h).slice()
  }

  /** Whether paths are in progress that there was no time to complete. */
  get begun(): boolean {
    return this.#pair !== undefined
  }

  /**
   * Returns the next complete path, in model units, or undefined if there was no time to complete it.
   * @param hasTime called before every step; returns false to stop for this frame
   */
  next(hasTime: () => boolean = () => true): Movement[] | undefined {
    if (this.#complete.length === 0) {
      if (!this.#pair && !hasTime()) return undefined
      const pair = this.#pair ?? this.#begin()
      while (this.#paths[0].length < this.#options.steps) {
        if (!hasTime()) return undefined
        this.#step(pair)
      }
      this.#pair = undefined
      this.#complete.push(...this.#paths)
    }
    return this.#complete.shift()
  }

  /** Drops the paths in progress. `next` starts new ones. */
  stop(): void {
    this.#pair = undefined
  }

  #begin(): Pair {
    const { network } = this.#model
    const { exact } = this.#options
    const pair = exact ? steppedPair(network) : network.pair()
    pair.begin(this.#state)
    this.#pair = pair
    this.#paths = [[this.#sample(this.#first)], [this.#sample(this.#first)]]
    return pair
  }

  #step(pair: Pair): void {
    const [first, second] = this.#paths
    pair.step(first[first.length - 1], second[second.length - 1])
    const [one, other] = pair.logits()
    first.push(this.#sample(one))
    second.push(this.#sample(other))
  }

  #sample(logits: ArrayLike<number>): Movement {
    return sampleLogits(logits, this.#model.mixtures, this.#options.temperature, this.#options.random)
  }
}

/**
 * Samples a bundle of paths from one moment, in model units, all at once. A draw loop with many paths uses `Paths`.
 * @param count RangeError unless an integer of at least 0
 */
export function rolloutMany(model: Model, state: State, count: number, options: PathsOptions): Movement[][] {
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`Expected count to be an integer of at least 0, got ${count}.`)
  const paths = new Paths(model, state, options)
  return Array.from({ length: count }, () => paths.next() as Movement[])
}
