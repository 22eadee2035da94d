import type { Random } from '../math/random.ts'
import type { State } from '../network/lstm.ts'
import { checkTemperature, sampleLogits } from '../network/mixture.ts'
import { type Network, type Pair, steppedPair } from '../network/network.ts'
import type { Movement } from '../paper/movement.ts'
import { DEFAULT_TEMPERATURE, type Model } from './model.ts'

export interface PathsOptions {
  /** of each path, 1 or more */
  steps: number
  temperature?: number
  random?: Random
  /** true: with the arithmetic of `Model.update` in the place of the coarse one of `Pair`, at half the speed */
  exact?: boolean
}

// Pairs that no path is using now: making one costs as much as some thirty steps.
const idle = new WeakMap<Network, Pair[]>()

/**
 * Many ways to go on from one moment: two paths side by side, each as many steps long, for a draw loop that can only
 * spare some milliseconds a frame. Paths that were begun in one frame are gone on with in the next, or `stop`ped.
 *
 * The network's expectation at the beginning is shared by all paths, and nothing is read after the last movement, so
 * that a path of n steps takes n − 1 updates.
 */
export class Paths {
  readonly #model: Model
  readonly #state: State
  readonly #options: Required<PathsOptions>
  readonly #idle: Pair[]
  readonly #first: Float64Array // (1 + 6M), the logits at the beginning
  #pair: Pair | undefined // of the paths that are under way
  #paths: Movement[][] = [] // model units, under way
  #complete: Movement[][] = [] // pixels

  /**
   * @param state that has read everything up to this moment; it is not changed
   * @param options RangeError unless steps is an integer of at least 1, and temperature finite and ≥ 0
   */
  constructor(
    model: Model,
    state: State,
    { steps, temperature = DEFAULT_TEMPERATURE, random = model.random, exact = false }: PathsOptions,
  ) {
    if (!(Number.isInteger(steps) && steps > 0))
      throw new RangeError(`Expected steps to be an integer of at least 1, got ${steps}.`)
    checkTemperature(temperature) // now, and not in the midst of paths that could then neither go on nor end
    this.#model = model
    this.#state = model.copy_state(state)
    this.#options = { steps, temperature, random, exact }
    this.#first = model.network.logits(state.h).slice()
    this.#idle = idle.get(model.network) ?? []
    idle.set(model.network, this.#idle)
  }

  /** Whether a path was begun for which there was no time yet to complete it. */
  get begun(): boolean {
    return this.#pair !== undefined
  }

  /**
   * The next path that is complete, in pixels, or undefined where there was no time to complete it.
   * @param inTime asked before every step
   */
  next(inTime: () => boolean = () => true): Movement[] | undefined {
    if (this.#complete.length === 0) {
      if (!this.#pair && !inTime()) return undefined
      const pair = this.#pair ?? this.#begin()
      while (this.#paths[0].length < this.#options.steps) {
        if (!inTime()) return undefined
        this.#step(pair)
      }
      this.#end(pair)
    }
    return this.#complete.shift()
  }

  /** Gives up the paths under way, so that what they were computed with is there for others; a stopped `Paths` goes on with new ones. */
  stop(): void {
    if (this.#pair) this.#release(this.#pair)
  }

  #begin(): Pair {
    const { network } = this.#model
    const { exact } = this.#options
    const pair = exact ? steppedPair(network) : (this.#idle.pop() ?? network.pair())
    pair.begin(this.#state)
    this.#pair = pair
    this.#paths = [[this.#draw(this.#first)], [this.#draw(this.#first)]]
    return pair
  }

  #step(pair: Pair): void {
    const [first, second] = this.#paths
    pair.step(first[first.length - 1], second[second.length - 1])
    const [one, other] = pair.logits()
    first.push(this.#draw(one))
    second.push(this.#draw(other))
  }

  #end(pair: Pair): void {
    this.#release(pair)
    const unit = this.#model.get_scale_factor()
    for (const path of this.#paths) this.#complete.push(path.map(([dx, dy, pen]) => [unit * dx, unit * dy, pen]))
  }

  #release(pair: Pair): void {
    if (!this.#options.exact) this.#idle.push(pair)
    this.#pair = undefined
  }

  #draw(logits: ArrayLike<number>): Movement {
    return sampleLogits(logits, this.#model.mixtures, this.#options.temperature, this.#options.random)
  }
}

/**
 * A bundle of paths from one moment, in pixels, all at once; a draw loop with many of them takes `Paths`.
 * @param count of paths; RangeError unless an integer of at least 0
 */
export function rolloutMany(model: Model, state: State, count: number, options: PathsOptions): Movement[][] {
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`Expected count to be an integer of at least 0, got ${count}.`)
  const paths = new Paths(model, state, options)
  return Array.from({ length: count }, () => paths.next() as Movement[])
}
