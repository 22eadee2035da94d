import type { State } from '../network/lstm.ts'
import type { Movement } from '../paper/movement.ts'
import type { Model } from './model.ts'

/** Writing that grows while it is read, and may turn out to be of another size: a `VisitorInk`. */
export interface Writing {
  /** pixels a model unit, above 0 */
  readonly unit: number
  /** goes up when movements that had been given are no longer what they were */
  readonly revision: number
  /** those that are certain, pixels */
  readonly movements: readonly Readonly<Movement>[]
  /** those from there to the tip of the pen, which may still change */
  readonly pending: readonly Readonly<Movement>[]
}

// What was written longer ago has faded from the network's memory: it need not be read again.
const MEMORY = 250

/**
 * The network reads along while somebody writes: a movement at a time as they come, as many a frame as there is time for.
 *
 * It begins at the start, or with the last 250 movements where there are more, and again when the writing is revised.
 * Until that is done the reader stands where it stood, so that what follows from it neither stops nor jumps back to the
 * beginning.
 */
export class Reader {
  readonly #model: Model
  readonly #writing: Writing
  readonly #beginning: State // of a pen that is about to begin
  #state: State // of the last reading that came to its end
  #now: State // of the reading that goes on
  #read = 0 // movements of it
  #revision: number | undefined // that it has begun to read

  /** @param model of any scale factor: the writing knows its own unit */
  constructor(model: Model, writing: Writing) {
    this.#model = model
    this.#writing = writing
    this.#beginning = model.update([0, 0, 1], model.zero_state())
    this.#state = this.#now = this.#beginning
  }

  /** What the network remembers of all that it has read. */
  get state(): State {
    return this.#state
  }

  /**
   * Reads on.
   * @param inTime asked before every movement
   * @returns whether everything that is certain has been read
   */
  read(inTime: () => boolean = () => true): boolean {
    const { movements, revision } = this.#writing
    if (revision !== this.#revision) {
      this.#revision = revision
      this.#now = this.#beginning
      this.#read = Math.max(0, movements.length - MEMORY)
    }
    while (this.#read < movements.length) {
      if (!inTime()) return false
      this.#now = this.#update(movements[this.#read++], this.#now)
    }
    this.#state = this.#now
    return true
  }

  /** What the network would remember if it had read on to the tip of the pen; `state` stays where it is. */
  ahead(): State {
    return this.#writing.pending.reduce((state, movement) => this.#update(movement, state), this.#state)
  }

  #update([dx, dy, pen]: Readonly<Movement>, state: State): State {
    const scale = this.#model.get_scale_factor() / this.#writing.unit
    return this.#model.update([dx * scale, dy * scale, pen], state)
  }
}
