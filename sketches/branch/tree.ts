import { FreeHand, Manuscript, type Model, type Movement, Random, rollout, type State, Svg } from 'longhand'
import type { Layout } from './layout.ts'

const LONGEST = 500 // movements of a branch, in case it goes in circles
const LONGEST_TRUNK = 1500

export interface Branch {
  temperature: number
  /** the trunk up to the moment, and from there on the branch */
  manuscript: Manuscript
  /** the index of the branch's first movement */
  start: number
  movements: Iterator<Movement>
}

/** A line (the trunk), and how it continues from one of its moments at several temperatures. */
export class Tree {
  readonly trunk: Manuscript
  /** the movement of the trunk after which it branches; −1: it does not branch yet */
  moment = -1
  branches: Branch[] = []
  /** must warm up before the trunk is written, see `FreeHand.warmUp` */
  readonly hand: FreeHand
  readonly #model: Model
  #place: Layout
  // of the trunk: movements as the network wrote and read them, unscaled, and the states they were sampled from
  readonly #written: Movement[] = []
  readonly #states: State[] = []
  #turn = 0

  constructor(model: Model, place: Layout) {
    this.#model = model
    this.#place = place
    this.hand = new FreeHand(model)
    this.trunk = new Manuscript(place.row(0))
  }

  /** How far to the right of the stem the branches begin, in pixels. */
  get offset(): number {
    return this.moment < 0 ? 0 : Math.max(0, this.trunk.points[this.moment].x - this.#place.stem)
  }

  /** Whether the trunk is at its end. */
  get full(): boolean {
    return this.trunk.full || this.#written.length >= LONGEST_TRUNK
  }

  /** The movement where it branches, or the last one. */
  get now(): number {
    return this.moment < 0 ? this.#written.length - 1 : this.moment
  }

  get growing(): Branch[] {
    return this.branches.filter(({ manuscript, start }) => !manuscript.full && manuscript.length - start < LONGEST)
  }

  /** Writes the trunk's next movement; null at its end. */
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
   * Starts the branches. They share the state of the moment: none changes it, so none needs a copy.
   * @param seed the same for all branches, so that they differ only in temperature
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

  /** Writes the next movement of one branch, in turn. */
  grow(): Movement | null {
    const { growing } = this
    if (growing.length === 0) return null
    const { manuscript, movements } = growing[this.#turn++ % growing.length]
    const movement: Movement = movements.next().value
    manuscript.add(this.#sized(movement), undefined)
    return movement
  }

  /** Returns the moment nearest to a point; to the right of the pen, the last one. */
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

  /** Exports a layer for the trunk and one for every branch. */
  svg(color: (temperature?: number) => string): Svg {
    const drawing = new Svg()
    drawing.layer(color(), 'line')
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

  /** Lays out a branch: it may use the space that opens on the right when everything moves to the stem. */
  #row(n: number) {
    const options = this.#place.row(n)
    return { ...options, right: options.right + this.offset }
  }
}
