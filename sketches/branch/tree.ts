import { FreeHand, type Model, type Movement, Random, rollout, type State, Svg } from 'longhand'
import type { Layout } from './layout.ts'
import { Line } from './line.ts'

const LONGEST = 500 // movements of a branch, should it go round in circles
const LONGEST_TRUNK = 1500

export interface Branch {
  temperature: number
  line: Line
  writer: Iterator<Movement>
}

/** A line, the trunk, and what becomes of it from one of its moments on, at several temperatures. */
export class Tree {
  readonly trunk: Line
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
    this.trunk = new Line(place.row(0))
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
    return this.branches.filter(({ line }) => !line.full && line.movements.length < LONGEST)
  }

  /** The trunk's next movement; null at its end. */
  write(temperature: number): Movement | null {
    const last = this.#written.length - 1
    const state = this.#model.update(this.#written[last] ?? [0, 0, 1], this.#states[last] ?? this.hand.state)
    const movement = this.#model.sample(this.#model.get_pdf(state), temperature)
    this.#states.push(state)
    this.#written.push(movement)
    const [dx, dy, pen] = movement
    this.trunk.write(this.#sized([dx, dy + (last < 0 ? this.hand.offset : 0), pen]))
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
    this.branches = temperatures.map((temperature, n) => ({
      temperature,
      line: new Line(this.#row(n + 1), past),
      writer: rollout(this.#model, state, movement, temperature, new Random(seed)),
    }))
  }

  /** The branches' next movement, one after the other. */
  grow(): Movement | null {
    const { growing } = this
    if (growing.length === 0) return null
    const { line, writer } = growing[this.#turn++ % growing.length]
    const movement: Movement = writer.next().value
    line.write(this.#sized(movement))
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

  rule(place: Layout): void {
    this.#place = place
    this.trunk.rule(place.row(0))
    this.branches.forEach(({ line }, n) => {
      line.rule(this.#row(n + 1))
    })
  }

  /** A layer for the trunk, and one for every branch. */
  svg(color: (temperature?: number) => string): Svg {
    const drawing = new Svg()
    drawing.layer(color(), 'the line')
    this.trunk.trace(drawing)
    for (const { temperature, line } of this.branches) {
      drawing.layer(color(temperature), `temperature ${temperature.toFixed(1)}`)
      line.trace(drawing)
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
