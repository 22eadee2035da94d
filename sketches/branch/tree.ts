import { FreeHand, Manuscript, type Model, type Movement, Random, rollout, type State, Svg } from 'longhand'
import type { Layout } from './layout.ts'

const LONGEST = 500 // movements of a branch, should it go round in circles
const LONGEST_TRUNK = 1500

export interface Branch {
  temperature: number
  /** the trunk up to the moment, and from there on the branch */
  manuscript: Manuscript
  /** the index of the branch's first movement */
  start: number
  movements: Iterator<Movement>
}

/** A line, the trunk, and what becomes of it from one of its moments on, at several temperatures. */
export class Tree {
  readonly trunk: Manuscript
  /** the movement of the trunk after which it branches; −1 while it does not */
  moment = -1
  branches: Branch[] = []
  /** before the network has found its hand nothing can be written: see `FreeHand.practise` */
  readonly hand: FreeHand
  readonly #model: Model
  #place: Layout
  // of the trunk: the movements as the network wrote and read them, and the states that they were drawn from
  readonly #written: Movement[] = []
  readonly #states: State[] = []
  #turn = 0

  constructor(model: Model, place: Layout) {
    this.#model = model
    this.#place = place
    this.hand = new FreeHand(model)
    this.trunk = new Manuscript(place.row(0))
  }

  /** How far to the right of where branches hang they begin, in pixels. */
  get offset(): number {
    return this.moment < 0 ? 0 : Math.max(0, this.trunk.points[this.moment].x - this.#place.stem)
  }

  /** Whether there is no room for more of the trunk. */
  get full(): boolean {
    return this.trunk.full || this.#written.length >= LONGEST_TRUNK
  }

  /** The movement at which it branches, or where the pen is. */
  get now(): number {
    return this.moment < 0 ? this.#written.length - 1 : this.moment
  }

  get growing(): Branch[] {
    return this.branches.filter(({ manuscript, start }) => !manuscript.full && manuscript.length - start < LONGEST)
  }

  /** The trunk's next movement; null at its end. */
  write(temperature: number): Movement | null {
    const last = this.#written.length - 1
    const state = this.#model.update(this.#written[last] ?? [0, 0, 1], this.#states[last] ?? this.hand.state)
    const movement = this.#model.sample(this.#model.get_pdf(state), temperature)
    this.#states.push(state)
    this.#written.push(movement)
    const [dx, dy, pen] = movement
    this.trunk.add(this.#sized([dx, dy + (last < 0 ? this.hand.offset : 0), pen]), undefined)
    return this.full ? null : movement
  }

  /**
   * The state of a moment is handed to all; none of them changes it, so that none needs a copy.
   * @param seed of the chance, which is the same for all: nothing but the temperature tells them apart
   */
  branchAt(moment: number, temperatures: readonly number[], seed: number): void {
    this.moment = Math.min(Math.max(moment, 0), this.#written.length - 1)
    const past = this.trunk.movements.slice(0, this.moment + 1)
    const [state, movement] = [this.#states[this.moment], this.#written[this.moment]]
    this.branches = temperatures.map((temperature, n) => {
      const manuscript = new Manuscript(this.#row(n + 1))
      for (const each of past) manuscript.add(each, undefined)
      const movements = rollout(this.#model, state, movement, temperature, new Random(seed))
      return { temperature, manuscript, start: manuscript.length, movements }
    })
  }

  /** The branches' next movement, one after the other. */
  grow(): Movement | null {
    const { growing } = this
    if (growing.length === 0) return null
    const { manuscript, movements } = growing[this.#turn++ % growing.length]
    const movement: Movement = movements.next().value
    manuscript.add(this.#sized(movement), undefined)
    return movement
  }

  /** The moment that a point means; to the right of the pen it is now. */
  nearest(x: number, y: number): number {
    const { points, pen } = this.trunk
    let best = points.length - 1
    if (x > pen.x) return best
    const far = (n: number) => Math.hypot(x - points[n].x, 0.3 * (y - points[n].y))
    for (let n = best; n >= 0; n--) if (far(n) < far(best)) best = n
    return best
  }

  layOut(place: Layout): void {
    this.#place = place
    this.trunk.layOut(place.row(0))
    this.branches.forEach(({ manuscript }, n) => {
      manuscript.layOut(this.#row(n + 1))
    })
  }

  /** A layer for the trunk, and one for every branch. */
  svg(color: (temperature?: number) => string): Svg {
    const drawing = new Svg()
    drawing.layer(color(), 'the line')
    this.trunk.draw(drawing)
    for (const { temperature, manuscript, start } of this.branches) {
      drawing.layer(color(temperature), `temperature ${temperature.toFixed(1)}`)
      manuscript.draw(drawing, start)
    }
    return drawing
  }

  #sized([dx, dy, pen]: Movement): Movement {
    return [this.hand.size * dx, this.hand.size * dy, pen]
  }

  /** Branches have the room that opens to the right when all is moved to where they hang. */
  #row(n: number) {
    const options = this.#place.row(n)
    return { ...options, right: options.right + this.offset }
  }
}
