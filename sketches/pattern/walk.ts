import { latentOnLoop } from 'longhand'
import type { Film } from './film.ts'

const LOOP = 16 // seconds of a walk, until it is back
const RADIUS = 0.9 // of the walk, in latent space
const LONGEST = 0.1 // seconds of a step: after a rest in another tab nothing jumps

/** A walk through latent space that ends where it began; a film may be taken of its first round. */
export class Walk {
  /** seconds that a round takes */
  static readonly loop = LOOP
  #film: Film | undefined
  #turn = 0

  constructor(film?: Film) {
    this.#film = film
  }

  get isFilmed(): boolean {
    return this.#film !== undefined
  }

  /** @param seconds since the last frame; @returns whether a round is complete */
  step(seconds: number): boolean {
    const turn = this.#turn + Math.min(seconds, LONGEST) / LOOP
    this.#turn = turn % 1
    return turn >= 1
  }

  /** Where a walk from some latent numbers is now. */
  from(latent: readonly number[]): number[] {
    return latentOnLoop(latent, this.#turn, RADIUS)
  }

  /** The film ends, and is saved. @param name without extension */
  endFilm(name: string): void {
    this.#film?.end(name)
    this.#film = undefined
  }
}
