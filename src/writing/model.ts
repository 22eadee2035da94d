import { checkMovement, type Movement } from '../math/movement.ts'
import { Random } from '../math/random.ts'
import { checkState, inputFromMovement } from '../network/input.ts'
import { copyState, type State, zeroState } from '../network/lstm.ts'
import type { Mixture } from '../network/mixture.ts'
import type { Network } from '../network/network.ts'
import { sampleMixture } from '../network/sampler.ts'
import { DEFAULT_TEMPERATURE, type Temperature } from '../network/temperature.ts'
import type { Weights } from '../weights/file.ts'
import { createNetwork } from './create-network.ts'

/**
 * The handwriting network for artists: reads pen movements one at a time and answers with a probability distribution over
 * the next one. Graves 2013, section 4. The methods keep the names of the 2016 tutorial.
 *
 * Movements are `[dx, dy, pen]` in pixels, y down; pen 1 means that the pen is lifted after this point. You hold the state:
 * `update` returns a new one and leaves the old one unchanged, so you can keep it, copy it, or continue from it twice.
 */
export class Model {
  readonly weights: Weights
  /** hidden units, H */
  readonly units: number
  /** mixture components, M */
  readonly mixtures: number
  /** source of randomness of `sample`, `random_state`, …; assign another one to start again from a seed */
  random: Random
  /** the network itself, in model units */
  readonly network: Network
  #scaleFactor = 10

  /**
   * @param weights from `decodeWeights`; TypeError for a file that was not decoded
   * @param random seed it for a reproducible drawing: `new Random(7)`; by default every drawing differs
   * @param kernel 'wasm' is faster, and falls back to 'plain' where WebAssembly is not available
   */
  constructor(weights: Weights, random = new Random(), kernel: 'wasm' | 'plain' = 'wasm') {
    if (!Number.isInteger(weights?.units))
      throw new TypeError(`Expected decoded weights, got ${String(weights)}. Call decodeWeights(json) first.`)
    this.weights = weights
    this.units = weights.units
    this.mixtures = weights.mixtures
    this.random = random
    this.network = createNetwork(weights, kernel)
  }

  /** The kernel in use. Drawings are the same to the bit with both. */
  get kernel(): 'plain' | 'wasm' {
    return this.network.kernel
  }

  /** Sets the size of a model unit in pixels (or millimeters, or your own unit). Default 10: an x-height is then about 27. */
  set_scale_factor(scaleFactor: number): void {
    if (!(scaleFactor > 0 && scaleFactor < Number.POSITIVE_INFINITY))
      throw new RangeError(`Expected scale factor to be a finite number above 0, got ${scaleFactor}.`)
    this.#scaleFactor = scaleFactor
  }

  get_scale_factor(): number {
    return this.#scaleFactor
  }

  /** Returns the state of a network that has read nothing. */
  zero_state(): State {
    return zeroState(this.units)
  }

  /** Returns a state as if something had been written before: each one starts another style. */
  random_state(): State {
    const state = this.zero_state()
    const { startSpread } = this.weights.metrics
    for (const part of [state.h, state.c])
      for (let j = 0; j < part.length; j++) part[j] = startSpread * this.random.normal()
    return state
  }

  copy_state(state: State): State {
    checkState(state, this.units)
    return copyState(state)
  }

  /** Returns the movement of a pen that rests on the paper. */
  zero_input(): Movement {
    return [0, 0, 0]
  }

  /** Returns a movement of typical length in a random direction, with the pen on the paper. */
  random_input(): Movement {
    const [dx, dy] = this.random.normalPair()
    return [dx * this.#scaleFactor, dy * this.#scaleFactor, 0]
  }

  /**
   * Reads one movement and returns the new state.
   * @param movement [dx, dy, pen] in pixels and 0…1; TypeError or RangeError unless three finite numbers
   * @param state of this model's size, or a TypeError or RangeError; it is not changed
   */
  update(movement: readonly [dx: number, dy: number, pen: number], state: State): State {
    checkMovement(movement)
    checkState(state, this.units)
    const [dx, dy, pen] = movement
    return this.network.step(inputFromMovement([dx / this.#scaleFactor, dy / this.#scaleFactor, pen]), state)
  }

  /** Returns the distribution of the next movement, in model units. */
  get_pdf(state: State): Mixture {
    checkState(state, this.units)
    return this.network.mixture(state.h)
  }

  /**
   * Samples one movement from a distribution, in pixels. The pdf is not changed.
   * @param temperature 0 gives the most likely movement, 1 the variety of the training data; or `{ spread, choice }`, see
   *   `Temperature`; RangeError unless finite and ≥ 0
   */
  sample(pdf: Mixture, temperature: Temperature = DEFAULT_TEMPERATURE, random = this.random): Movement {
    if (!(pdf?.pi instanceof Float32Array))
      throw new TypeError('Expected a mixture from get_pdf, got something else. Call model.get_pdf(state) first.')
    const [dx, dy, pen] = sampleMixture(pdf, temperature, random)
    return [dx * this.#scaleFactor, dy * this.#scaleFactor, pen]
  }

  /** Returns a random number from a up to, not including, b. */
  randf(a: number, b: number): number {
    return a + (b - a) * this.random.uniform()
  }

  /** Returns a random integer from a up to, not including, b. */
  randi(a: number, b: number): number {
    return Math.floor(this.randf(a, b))
  }

  /** Returns a random number from the normal distribution with mean mu and standard deviation std. */
  randn(mu: number, std: number): number {
    return mu + std * this.random.normal()
  }

  /** Returns two random numbers from the bivariate normal distribution with these means, standard deviations, and correlation. */
  birandn(mu1: number, mu2: number, s1: number, s2: number, rho: number): [number, number] {
    const [u, v] = this.random.normalPair()
    return [mu1 + s1 * u, mu2 + s2 * (rho * u + Math.sqrt(1 - rho * rho) * v)]
  }
}
