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

/** What the network did at a moment of the trunk: the movement as it wrote and read it, unscaled, and the state it was sampled from. */
interface Moment {
  written: Movement
  state: State
}

/** A line (the trunk), and how it continues from one of its moments at several temperatures. */
export class Tree {
  readonly trunk: Manuscript<Moment>
  /** the movement of the trunk after which it branches; −1: it does not branch yet */
  moment = -1
  branches: Branch[] = []
  /** must warm up before the trunk is written, see `FreeHand.warmUp` */
  readonly hand: FreeHand
  readonly #model: Model
  #place: Layout
  #turn = 0

  constructor(model: Model, place: Layout) {
    this.#model = model
    this.#place = place
    this.hand = new FreeHand(model)
    this.trunk = new Manuscript(place.row(0), LONGEST_TRUNK)
  }

  /** How far to the right of the stem the branches begin, in pixels. */
  get offset(): number {
    return this.moment < 0 ? 0 : Math.max(0, this.trunk.points[this.moment].x - this.#place.stem)
  }

  /** The movement where it branches, or the last one. */
  get now(): number {
    return this.moment < 0 ? this.trunk.length - 1 : this.moment
  }

  get growing(): Branch[] {
    return this.branches.filter(({ manuscript }) => !manuscript.full)
  }

  /** Writes the trunk's next movement; null at its end. */
  write(temperature: number): Movement | null {
    const last = this.trunk.tags.at(-1)
    const state = this.#model.update(last?.written ?? [0, 0, 1], last?.state ?? this.hand.state)
    const written = this.#model.sample(this.#model.get_pdf(state), temperature)
    const [dx, dy, pen] = written
    this.trunk.add(this.#sized([dx, last ? dy : dy + this.hand.offset, pen]), { written, state })
    return this.trunk.full ? null : written
  }

  /**
   * Starts the branches. They share the state of the moment: none changes it, so none needs a copy.
   * @param seed the same for all branches, so that they differ only in temperature
   */
  branchAt(moment: number, temperatures: readonly number[], seed: number): void {
    this.moment = Math.min(Math.max(moment, 0), this.trunk.length - 1)
    const past = this.trunk.movements.slice(0, this.moment + 1)
    const { state, written } = this.trunk.tags[this.moment]
    this.branches = temperatures.map((temperature, n) => {
      const manuscript = new Manuscript(this.#row(n + 1), past.length + LONGEST)
      for (const each of past) manuscript.add(each, undefined)
      const movements = rollout(this.#model, state, written, temperature, new Random(seed))
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
