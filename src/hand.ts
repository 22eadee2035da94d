import type { State } from './lstm.ts'
import type { Model } from './model.ts'
import type { Movement } from './stroke.ts'

export interface HandOptions {
  /** of the movements that find the hand its style; see `temper` */
  temperature?: number
  /** the number of those movements */
  practice?: number
  /** how far each movement draws the memory back to the habit, 0…1; 0 lets the hand wander as `rollout` does */
  habit?: number
}

/**
 * A hand that keeps its habits, for pages and for weeks.
 *
 * A network that writes on and on from its own writing wanders: hundreds of movements later it may write much smaller, or
 * loop on one letter. So a hand first practises unseen and takes the mean of its cell state for its habit; from then
 * on every movement draws the cell state a little back to it, c ← c + habit × (mean − c). Size, slant and style of a hand
 * live in that slow part of the memory; what letter comes next lives in the rest, and is left alone.
 */
export class Hand {
  readonly #model: Model
  readonly #options: Required<HandOptions>
  readonly #mean: Float32Array // (H), the cell state of habit
  #practised = 0
  #state: State
  #movement: Movement = [0, 0, 1]
  // where the practice last lifted the pen: the page begins there
  #lifted: State

  /** A hand, another one for every seed of `model.random`. */
  constructor(model: Model, { temperature = 0.7, practice = 300, habit = 0.005 }: HandOptions = {}) {
    this.#model = model
    this.#options = { temperature, practice, habit }
    this.#mean = new Float32Array(model.units)
    this.#state = this.#lifted = model.random_state()
  }

  /** What the hand remembers now. */
  get state(): State {
    return this.#state
  }

  /**
   * Practises, unseen. A draw loop may do so a few movements a frame; what is left of it, the first `write` makes up for.
   * @param movements how many at most
   * @returns whether the hand has found its habit
   */
  practise(movements = Number.POSITIVE_INFINITY): boolean {
    const { practice, temperature } = this.#options
    for (let n = 0; n < movements && this.#practised < practice; n++) {
      this.#step(temperature, 0)
      this.#practised++
      const { c } = this.#state
      for (let j = 0; j < c.length; j++) this.#mean[j] += (c[j] - this.#mean[j]) / this.#practised
      if (this.#movement[2]) this.#lifted = this.#state
      if (this.#practised === practice) {
        this.#state = this.#lifted
        this.#movement = [0, 0, 1]
      }
    }
    return this.#practised >= practice
  }

  /** The next movement, in pixels. */
  write(temperature: number): Movement {
    this.practise()
    this.#step(temperature, this.#options.habit)
    return [...this.#movement]
  }

  #step(temperature: number, habit: number): void {
    const state = this.#model.update(this.#movement, this.#state)
    const { c } = state
    for (let j = 0; j < c.length; j++) c[j] += habit * (this.#mean[j] - c[j])
    this.#movement = this.#model.sample(this.#model.get_pdf(state), temperature)
    this.#state = state
  }
}
