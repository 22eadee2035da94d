import type { Movement } from '../math/movement.ts'
import { inputFromMovement } from '../network/input.ts'
import { type State, zeroState } from '../network/lstm.ts'
import type { Model } from './model.ts'

/** Writing that grows while it is read, and whose scale may be re-estimated: for example a `VisitorInk`. */
export interface Writing {
  /** increases when movements returned earlier have changed */
  readonly revision: number
  /** final movements, in model units */
  readonly movements: readonly Readonly<Movement>[]
  /** movements from the last final one to the tip of the pen, which may still change; model units */
  readonly pending: readonly Readonly<Movement>[]
}

// Anything older has faded from the network's state and need not be read again.
const MEMORY = 250

/**
 * Lets the network read along while somebody writes, within a time budget per frame.
 *
 * It reads from the start, or from the last 250 movements of a long text, and again after each revision. Until that is
 * finished, `state` keeps its last complete value, so that whatever continues from it neither stalls nor jumps.
 */
export class Reader {
  readonly #model: Model
  readonly #writing: Writing
  readonly #start: State // of a pen that is about to begin
  #state: State // after the last complete reading
  #current: State // of the reading in progress
  #read = 0 // movements read in it
  #revision: number | undefined // of the reading in progress

  constructor(model: Model, writing: Writing) {
    this.#model = model
    this.#writing = writing
    this.#start = this.#step([0, 0, 1], zeroState(model.units))
    this.#state = this.#current = this.#start
  }

  /** The network's state after everything it has read. */
  get state(): State {
    return this.#state
  }

  /**
   * Continues reading.
   * @param hasTime called before every movement; returns false to stop for this frame
   * @returns whether all final movements have been read
   */
  read(hasTime: () => boolean = () => true): boolean {
    const { movements, revision } = this.#writing
    if (revision !== this.#revision) {
      this.#revision = revision
      this.#current = this.#start
      this.#read = Math.max(0, movements.length - MEMORY)
    }
    while (this.#read < movements.length) {
      if (!hasTime()) return false
      this.#current = this.#step(movements[this.#read++], this.#current)
    }
    this.#state = this.#current
    return true
  }

  /** Returns the state after the pending movements too. `state` does not change. */
  ahead(): State {
    return this.#writing.pending.reduce((state, movement) => this.#step(movement, state), this.#state)
  }

  #step(movement: Readonly<Movement>, state: State): State {
    return this.#model.network.step(inputFromMovement(movement), state)
  }
}
