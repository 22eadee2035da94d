import type { Movement } from '../math/movement.ts'
import { inputFromMovement } from '../network/input.ts'
import type { State } from '../network/lstm.ts'
import { sampleMixture } from '../network/sampler.ts'
import { checkTemperature, DEFAULT_TEMPERATURE } from '../network/temperature.ts'
import { Model } from './model.ts'
import { WritingMetrics } from './writing-metrics.ts'

const MEASURED_SHARE = 1 / 3 // of the warm-up: written with the anchor that the rest has found, and measured
const MEASURED_TEMPERATURE = 0.5

const SIZE_RATE = 1 / 200
const LARGEST_SIZE = 2.5 // a larger correction means that what was measured was not writing

export interface FreeHandOptions {
  /** temperature of the warm-up */
  temperature?: number
  /** number of movements in the warm-up */
  warmUpSteps?: number
  /** how strongly each movement pulls the cell state toward the anchor, 0…1; 0 lets the style wander, as `rollout` does */
  anchor?: number
}

/**
 * Free writing in one style, for pages and for weeks.
 *
 * A network that reads only its own writing drifts: after hundreds of movements it may write much smaller, or repeat one
 * letter. So a hand first warms up, unseen, and takes the mean of its cell state as an anchor. From then on, each movement
 * pulls the cell state a little toward it: c ← c + anchor × (mean − c). Size, slant, and style live in that slow part of
 * the state; the choice of the next letter lives in the rest and is not affected.
 *
 * Some styles are small and some large. The warm-up measures that too, and movements are returned with the x-height of the
 * weights' metrics (about 2.7 model units), whatever the style. The network itself reads what it wrote, unscaled.
 */
export class FreeHand {
  readonly #model: Model
  readonly #options: Required<FreeHandOptions>
  readonly #mean: Float32Array // (H), the anchor
  readonly #metrics = new WritingMetrics()
  #warmedUp = 0 // movements
  #state: State
  #movement: Movement = [0, 0, 1]
  // where the warm-up last lifted the pen, and how far below the line: the page starts there
  #lifted: State
  #offset = 0
  #size = 1

  /** Creates a hand. Each seed of `model.random` gives another style. */
  constructor(model: Model, { temperature = 0.8, warmUpSteps = 450, anchor = 0.01 }: FreeHandOptions = {}) {
    if (!(model instanceof Model))
      throw new TypeError('Expected a model, got something else. Call new Model(decodeWeights(json)) first.')
    if (!(Number.isInteger(warmUpSteps) && warmUpSteps >= 0))
      throw new RangeError(`Expected warmUpSteps to be an integer of at least 0, got ${warmUpSteps}.`)
    if (!(anchor >= 0 && anchor <= 1))
      throw new RangeError(`Expected anchor to be a number from 0 to 1, got ${anchor}.`)
    this.#model = model
    this.#options = { temperature, warmUpSteps, anchor }
    this.#mean = new Float32Array(model.units)
    this.#state = this.#lifted = model.random_state()
  }

  /** The network's state now. */
  get state(): State {
    return this.#state
  }

  /** By how much the network's writing is scaled to reach the x-height; measured in the warm-up, then tracked. */
  get size(): number {
    return this.#size
  }

  /** How far below the level of its line the pen starts, in model units, unscaled. */
  get offset(): number {
    return this.#offset
  }

  /**
   * Runs the warm-up. A draw loop can spread it over frames; the first `write` completes what is left.
   * @param hasTime called before every movement; returns false to stop for this frame
   * @returns whether the warm-up is complete
   */
  warmUp(hasTime: () => boolean = () => true): boolean {
    const { warmUpSteps } = this.#options
    while (this.#warmedUp < warmUpSteps && hasTime()) {
      if (this.#warmedUp < warmUpSteps * (1 - MEASURED_SHARE)) this.#findAnchor()
      else this.#measure()
      if (this.#warmedUp === warmUpSteps) this.#begin()
    }
    return this.#warmedUp >= warmUpSteps
  }

  /**
   * Returns the next movement, in model units. The first one leads from the level of the line to where the writing starts.
   * @param temperature 0 is a careful hand, 1 a wild one; RangeError unless finite and ≥ 0
   */
  write(temperature = DEFAULT_TEMPERATURE): Movement {
    checkTemperature(temperature)
    this.warmUp()
    this.#step(temperature, this.#options.anchor)
    this.#metrics.add(this.#movement)
    this.#size += SIZE_RATE * (this.#targetSize() - this.#size)
    const [dx, dy, pen] = this.#movement
    const fromLevel = this.#offset
    this.#offset = 0
    return [this.#size * dx, this.#size * (dy + fromLevel), pen]
  }

  /** Writes freely and averages the cell state. */
  #findAnchor(): void {
    this.#step(this.#options.temperature, 0)
    this.#warmedUp++
    const { c } = this.#state
    for (let j = 0; j < c.length; j++) this.#mean[j] += (c[j] - this.#mean[j]) / this.#warmedUp
  }

  /** Writes as it will on the page and measures that. */
  #measure(): void {
    this.#step(MEASURED_TEMPERATURE, this.#options.anchor)
    this.#warmedUp++
    this.#metrics.add(this.#movement)
    if (this.#movement[2]) {
      this.#lifted = this.#state
      this.#offset = this.#metrics.offset
    }
  }

  #begin(): void {
    this.#state = this.#lifted
    this.#movement = [0, 0, 1]
    this.#size = this.#targetSize()
    // Clamp: a larger offset is baseline drift.
    const most = this.#metrics.xHeight
    this.#offset = Math.min(Math.max(this.#offset, -most), most)
  }

  #targetSize(): number {
    const { xHeight } = this.#metrics
    if (xHeight === 0) return 1 // nothing written yet
    const size = this.#model.weights.metrics.xHeight / xHeight
    return Math.min(Math.max(size, 1 / LARGEST_SIZE), LARGEST_SIZE)
  }

  #step(temperature: number, anchor: number): void {
    const { network, random } = this.#model
    const state = network.step(inputFromMovement(this.#movement), this.#state)
    const { c } = state
    for (let j = 0; j < c.length; j++) c[j] += anchor * (this.#mean[j] - c[j])
    // The temperature steadies the pen: sigma × T. What is written cools only by the square root of T, because rare turns
    // (a gap, a tall letter, a new word) disappear long before the line is calm, and everything becomes n, u, and e.
    const choice = Math.sqrt(temperature)
    this.#movement = sampleMixture(network.mixture(state.h), { spread: temperature, choice }, random)
    this.#state = state
  }
}
