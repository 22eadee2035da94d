import type { State } from '../network/lstm.ts'
import type { Mixture } from '../network/mixture.ts'
import type { Movement } from '../paper/movement.ts'
import type { Model } from './model.ts'
import { Measure, X_HEIGHT } from './writing-metrics.ts'

const REHEARSAL = 1 / 3 // of the practice: written with the habit that the rest of it has found, and measured
const REHEARSAL_TEMPERATURE = 0.5

const SIZE_RATE = 1 / 200
const LARGEST_SIZE = 2.5 // farther from the usual it is no writing that was measured

export interface FreeHandOptions {
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
 *
 * Some hands write small and some large, and the practice measures that too: what comes out has small letters of about
 * 2.7 model units, whoever's hand it is. The network itself goes on reading what it wrote as it wrote it.
 */
export class FreeHand {
  readonly #model: Model
  readonly #options: Required<FreeHandOptions>
  readonly #mean: Float32Array // (H), the cell state of habit
  readonly #measure = new Measure()
  #unit: number // pixels a model unit, in #measure, #movement and #offset
  #practised = 0
  #state: State
  #movement: Movement = [0, 0, 1]
  // where the practice last lifted the pen, and how far below the line: the page begins there
  #lifted: State
  #offset = 0
  #size = 1 // what the network writes is drawn this much larger

  /** A hand, another one for every seed of `model.random`. */
  constructor(model: Model, { temperature = 0.8, practice = 450, habit = 0.01 }: FreeHandOptions = {}) {
    this.#model = model
    this.#unit = model.get_scale_factor()
    if (!(Number.isInteger(practice) && practice >= 0))
      throw new RangeError(`Expected practice to be an integer of at least 0, got ${practice}.`)
    if (!(habit >= 0 && habit <= 1)) throw new RangeError(`Expected habit to be a number from 0 to 1, got ${habit}.`)
    this.#options = { temperature, practice, habit }
    this.#mean = new Float32Array(model.units)
    this.#state = this.#lifted = model.random_state()
  }

  /** What the hand remembers now. */
  get state(): State {
    return this.#state
  }

  /** How much larger than the network wrote it this hand's writing is drawn; measured by the practice. */
  get size(): number {
    return this.#size
  }

  /** How far below the level of its line the pen begins, in pixels, as the network wrote it. */
  get offset(): number {
    this.#rescale()
    return this.#offset
  }

  /**
   * Practises, unseen. A draw loop may do so for some milliseconds a frame; what is left, the first `write` makes up for.
   * @param inTime asked before every movement
   * @returns whether the hand has found its habit
   */
  practise(inTime: () => boolean = () => true): boolean {
    const { practice } = this.#options
    while (this.#practised < practice && inTime()) {
      if (this.#practised < practice * (1 - REHEARSAL)) this.#seek()
      else this.#rehearse()
      if (this.#practised === practice) this.#begin()
    }
    return this.#practised >= practice
  }

  /** The next movement, in pixels: the first one leads from the level of the line, the pen lifted. */
  write(temperature: number): Movement {
    this.practise()
    this.#step(temperature, this.#options.habit)
    this.#measure.add(this.#movement)
    this.#size += SIZE_RATE * (this.#sizeNow() - this.#size)
    const [dx, dy, pen] = this.#movement
    const fromLevel = this.#offset
    this.#offset = 0
    return [this.#size * dx, this.#size * (dy + fromLevel), pen]
  }

  /** Writes freely, and takes the mean of it all. */
  #seek(): void {
    this.#step(this.#options.temperature, 0)
    this.#practised++
    const { c } = this.#state
    for (let j = 0; j < c.length; j++) this.#mean[j] += (c[j] - this.#mean[j]) / this.#practised
  }

  /** Writes as it will on the page, and takes the measure of that. */
  #rehearse(): void {
    this.#step(REHEARSAL_TEMPERATURE, this.#options.habit)
    this.#practised++
    this.#measure.add(this.#movement)
    if (this.#movement[2]) {
      this.#lifted = this.#state
      this.#offset = this.#measure.offset
    }
  }

  #begin(): void {
    this.#state = this.#lifted
    this.#movement = [0, 0, 1]
    this.#size = this.#sizeNow()
    // No letter begins farther from its line than that: it is the line that waved.
    const most = this.#measure.xHeight
    this.#offset = Math.min(Math.max(this.#offset, -most), most)
  }

  #sizeNow(): number {
    const { xHeight } = this.#measure
    if (xHeight === 0) return 1 // nothing was written yet
    const size = (X_HEIGHT * this.#unit) / xHeight
    return Math.min(Math.max(size, 1 / LARGEST_SIZE), LARGEST_SIZE)
  }

  /**
   * Goes along when its model was given another scale since the last movement. It keeps pixels, not model units, since
   * to multiply and divide at every movement would not give back the last bit of what the network wrote.
   */
  #rescale(): void {
    const unit = this.#model.get_scale_factor()
    if (unit === this.#unit) return
    const times = unit / this.#unit
    const [dx, dy, pen] = this.#movement
    this.#movement = [times * dx, times * dy, pen]
    this.#offset *= times
    this.#measure.rescale(times)
    this.#unit = unit
  }

  #step(temperature: number, habit: number): void {
    this.#rescale()
    const state = this.#model.update(this.#movement, this.#state)
    const { c } = state
    for (let j = 0; j < c.length; j++) c[j] += habit * (this.#mean[j] - c[j])
    this.#movement = this.#draw(this.#model.get_pdf(state), temperature)
    this.#state = state
  }

  /**
   * The temperature steadies the pen: each sigma times T. What is written it cools only by its square root, since rare
   * turns, a gap, a tall letter, a new word, die out long before the line is calm, and all becomes n, u and e.
   */
  #draw(pdf: Mixture, temperature: number): Movement {
    const choice = temperature > 0 ? Math.sqrt(temperature) : temperature // what is no temperature, `sample` refuses
    const tremble = (sigma: number) => sigma * choice // and once more by `sample`
    return this.#model.sample({ ...pdf, sigma1: pdf.sigma1.map(tremble), sigma2: pdf.sigma2.map(tremble) }, choice)
  }
}
