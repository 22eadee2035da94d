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
  readonly #habit: number
  readonly #mean: Float32Array // (H), the cell state of habit
  #state: State
  #movement: Movement = [0, 0, 1]

  /** Finds a hand: another one for every seed of `model.random`. It takes a step of the network for every practised movement. */
  constructor(model: Model, { temperature = 0.7, practice = 300, habit = 0.005 }: HandOptions = {}) {
    this.#model = model
    this.#habit = habit
    this.#state = model.random_state()
    this.#mean = new Float32Array(model.units)
    let lifted = this.#state
    for (let n = 1; n <= practice; n++) {
      this.#step(temperature, 0)
      const { c } = this.#state
      for (let j = 0; j < c.length; j++) this.#mean[j] = this.#mean[j] + (c[j] - this.#mean[j]) / n
      if (this.#movement[2]) lifted = this.#state
    }
    // The page begins where the practice last lifted the pen.
    this.#state = lifted
    this.#movement = [0, 0, 1]
  }

  /** What the hand remembers now. */
  get state(): State {
    return this.#state
  }

  /** The next movement, in pixels. */
  write(temperature: number): Movement {
    this.#step(temperature, this.#habit)
    return [...this.#movement]
  }

  #step(temperature: number, habit: number): void {
    const state = this.#model.update(this.#movement, this.#state)
    const { c } = state
    const mean = this.#mean
    for (let j = 0; j < c.length; j++) c[j] = c[j] + habit * (mean[j] - c[j])
    this.#movement = this.#model.sample(this.#model.get_pdf(state), temperature)
    this.#state = state
  }
}
