import { latentOnLoop } from 'longhand'

const LOOP = 16 // seconds of a walk, until it is back
const RADIUS = 0.9 // of the walk, in latent space
const LONGEST = 0.1 // seconds of a step: after a rest in another tab nothing jumps
const ROUND = 1 - 1e-9 // many small steps are not quite their sum

/** A walk through latent space that ends where it began. */
export class Walk {
  /** seconds that a round takes */
  static readonly loop = LOOP
  #turn = 0

  /** seconds since a round began */
  get seconds(): number {
    return LOOP * this.#turn
  }

  /** @param seconds since the last step; @returns whether a round is complete */
  step(seconds: number): boolean {
    const turn = this.#turn + Math.min(seconds, LONGEST) / LOOP
    const isComplete = turn >= ROUND
    this.#turn = isComplete ? Math.max(0, turn - 1) : turn
    return isComplete
  }

  /** Where a walk from some latent numbers is now. */
  from(latent: readonly number[]): number[] {
    return latentOnLoop(latent, this.#turn, RADIUS)
  }
}
