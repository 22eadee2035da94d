import type { State } from './lstm.ts'
import { DEFAULT_TEMPERATURE, type Model } from './model.ts'
import type { Random } from './random.ts'
import type { Movement } from './stroke.ts'

export interface PathsOptions {
  /** of each path, 1 or more */
  steps: number
  temperature?: number
  random?: Random
}

/**
 * Many ways to go on from one moment: one path after the other, each as many steps long, for a draw loop that can only
 * spare some milliseconds a frame. A path that was begun in one frame is gone on with in the next.
 *
 * The network's expectation at the beginning is shared by all paths, so that a path of n steps takes n − 1 updates.
 */
export class Paths {
  readonly #model: Model
  readonly #state: State
  readonly #options: Required<PathsOptions>
  readonly #first
  #path: Movement[] = []
  #now: State

  /**
   * @param state that has read everything up to this moment; it is not changed
   * @param options RangeError unless steps is an integer from 1 up
   */
  constructor(
    model: Model,
    state: State,
    { steps, temperature = DEFAULT_TEMPERATURE, random = model.random }: PathsOptions,
  ) {
    if (!(Number.isInteger(steps) && steps > 0))
      throw new RangeError(`Got ${steps} steps when expected an integer from 1 up.`)
    this.#model = model
    this.#state = this.#now = state
    this.#options = { steps, temperature, random }
    this.#first = model.get_pdf(state)
  }

  /** Whether a path was begun for which there was no time yet to complete it. */
  get begun(): boolean {
    return this.#path.length > 0
  }

  /**
   * The next path that is complete, in pixels, or undefined where there was no time to complete it.
   * @param inTime asked before every step
   */
  next(inTime: () => boolean = () => true): Movement[] | undefined {
    const { steps, temperature, random } = this.#options
    while (this.#path.length < steps) {
      if (!inTime()) return undefined
      const last = this.#path.at(-1)
      if (last) this.#now = this.#model.update(last, this.#now)
      const pdf = last ? this.#model.get_pdf(this.#now) : this.#first
      this.#path.push(this.#model.sample(pdf, temperature, random))
    }
    const path = this.#path
    this.#path = []
    this.#now = this.#state
    return path
  }
}
