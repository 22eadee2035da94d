import { latentOnLoop } from 'longhand'

const SECONDS = 16 // of a round
const RADIUS = 0.9 // of the loop in latent space
const MAX_STEP = 0.1 // seconds: the picture does not jump after a pause in a background tab
const COMPLETE = 1 - 1e-9 // allows for rounding errors of many small steps

/** A walk along a closed loop through latent space. */
export class Walk {
  /** seconds per round */
  static readonly seconds = SECONDS
  #turn = 0

  /** seconds since the round started */
  get elapsed(): number {
    return SECONDS * this.#turn
  }

  /** Advances by some seconds. @returns whether a round is complete */
  step(seconds: number): boolean {
    const turn = this.#turn + Math.min(seconds, MAX_STEP) / SECONDS
    const isComplete = turn >= COMPLETE
    this.#turn = isComplete ? Math.max(0, turn - 1) : turn
    return isComplete
  }

  /** Returns the latent values of a walk that started at `latent`. */
  latentFrom(latent: readonly number[]): number[] {
    return latentOnLoop(latent, this.#turn, RADIUS)
  }
}
