import { wasmNetwork } from '../kernels/wasm-network.ts'
import { Random } from '../math/random.ts'
import { copyState, type State, zeroState } from '../network/lstm.ts'
import { type Mixture, sampleMixture } from '../network/mixture.ts'
import { type Network, plainNetwork } from '../network/network.ts'
import { checkMovement, type Movement } from '../paper/movement.ts'
import type { Weights } from '../weights/file.ts'

/** The temperature that the tutorial's sketches know. */
export const DEFAULT_TEMPERATURE = 0.65

// A movement of a hundred lines' height: every gate has long saturated, and float32 is still far from its end.
const LARGEST_MOVEMENT = 1e4

// Training began its lines at N(0, (0.5 u)²) with u uniform in 0…1; this is the standard deviation of that.
const RANDOM_STATE_SIGMA = 0.29

/**
 * The handwriting network (Graves 2013, section 4; Ha's tutorial of 2016): it reads pen movements, one at a time, and
 * answers with a probability distribution over the next. Its methods keep the names of the tutorial that artists know.
 *
 * Movements are `[dx, dy, pen]`: pixels, y down, and pen 1 where the pen is lifted after this point. The state is the
 * caller's: `update` gives a new one and leaves the old as it was, so keep it, copy it, or go on from it twice.
 */
export class Model {
  readonly weights: Weights
  /** hidden units, H */
  readonly units: number
  /** mixture components, M */
  readonly mixtures: number
  /** the source of chance behind `sample`, `random_state` and the like; put another in its place to begin anew */
  random: Random
  /** the arithmetic, in model units, for those who go on from one moment many times over (see `Paths`) */
  readonly network: Network
  readonly #input: Movement = [0, 0, 0] // scratch, in model units
  #scaleFactor = 10

  /**
   * @param weights from `decodeWeights`; TypeError for a file that it has not decoded yet
   * @param random seed it, `new Random(7)`, and the same drawing comes every time; left out, each is another
   * @param kernel 'wasm' is faster, and falls back on 'plain' by itself where WebAssembly cannot run
   */
  constructor(weights: Weights, random = new Random(), kernel: 'wasm' | 'plain' = 'wasm') {
    if (!Number.isInteger(weights?.units))
      throw new TypeError(`Expected decoded weights, got ${String(weights)}. Call decodeWeights(json) first.`)
    const { units, mixtures } = weights
    this.weights = weights
    this.units = units
    this.mixtures = mixtures
    this.random = random
    this.network = kernel === 'plain' ? plainNetwork(weights) : (wasmNetwork(weights) ?? plainNetwork(weights))
  }

  /** What computes: 'wasm', or 'plain' where that cannot run; the drawings are the same to the bit. */
  get kernel(): 'plain' | 'wasm' {
    return this.network.kernel
  }

  /** How many pixels (or millimetres, or what you draw in) a model unit is: 10 unless set. An x-height is about 2.7. */
  set_scale_factor(scaleFactor: number): void {
    if (!(scaleFactor > 0 && scaleFactor < Number.POSITIVE_INFINITY))
      throw new RangeError(`Expected scale factor to be a finite number above 0, got ${scaleFactor}.`)
    this.#scaleFactor = scaleFactor
  }

  get_scale_factor(): number {
    return this.#scaleFactor
  }

  /** A state that remembers nothing. */
  zero_state(): State {
    return zeroState(this.units)
  }

  /** A state as if something had been written before: every one begins another hand. */
  random_state(): State {
    const state = this.zero_state()
    for (const part of [state.h, state.c])
      for (let j = 0; j < part.length; j++) part[j] = RANDOM_STATE_SIGMA * this.random.normal()
    return state
  }

  copy_state(state: State): State {
    this.#checkState(state)
    return copyState(state)
  }

  /** The movement of a pen that rests on the paper. */
  zero_input(): Movement {
    return [0, 0, 0]
  }

  /** A movement of about the usual length in any direction, the pen on the paper. */
  random_input(): Movement {
    const [dx, dy] = this.random.normalPair()
    return [dx * this.#scaleFactor, dy * this.#scaleFactor, 0]
  }

  /**
   * The network reads one movement.
   * @param movement [dx, dy, pen], pixels and 0…1; all finite, or a TypeError or RangeError says what came
   * @param state of this model's size, or a TypeError or RangeError says so; it is not changed
   * @returns the new state
   */
  update(movement: readonly [dx: number, dy: number, pen: number], state: State): State {
    checkMovement(movement)
    this.#checkState(state)
    const input = this.#input
    input[0] = this.#toUnits(movement[0])
    input[1] = this.#toUnits(movement[1])
    input[2] = clamp(movement[2], 0, 1)
    return this.network.step(input, state)
  }

  /** What the network expects next, in model units. */
  get_pdf(state: State): Mixture {
    this.#checkState(state)
    return this.network.mixture(state.h)
  }

  /**
   * One movement drawn from what the network expects, in pixels. The pdf is not changed.
   * @param temperature 0 is the most likely movement, 1 as varied as the training data; RangeError below 0 or not finite
   */
  sample(pdf: Mixture, temperature = DEFAULT_TEMPERATURE, random = this.random): Movement {
    const [dx, dy, pen] = sampleMixture(pdf, temperature, random)
    return [dx * this.#scaleFactor, dy * this.#scaleFactor, pen]
  }

  /** A random number from a up to, not including, b. */
  randf(a: number, b: number): number {
    return a + (b - a) * this.random.uniform()
  }

  /** A random integer from a up to, not including, b. */
  randi(a: number, b: number): number {
    return Math.floor(this.randf(a, b))
  }

  /** A random number from the normal distribution of mean mu and standard deviation std. */
  randn(mu: number, std: number): number {
    return mu + std * this.random.normal()
  }

  /** Two random numbers from the bivariate normal distribution of these means, standard deviations and correlation. */
  birandn(mu1: number, mu2: number, s1: number, s2: number, rho: number): [number, number] {
    const [u, v] = this.random.normalPair()
    return [mu1 + s1 * u, mu2 + s2 * (rho * u + Math.sqrt(1 - rho * rho) * v)]
  }

  #toUnits(pixels: number): number {
    return clamp(pixels / this.#scaleFactor, -LARGEST_MOVEMENT, LARGEST_MOVEMENT)
  }

  #checkState(state: State): void {
    checkPart('h', state?.h, this.units)
    checkPart('c', state?.c, this.units)
  }
}

function checkPart(name: string, values: unknown, units: number): void {
  if (!(values instanceof Float32Array)) {
    const came = ArrayBuffer.isView(values) || Array.isArray(values) ? values.constructor.name : String(values)
    throw new TypeError(`Expected a state with ${name} as Float32Array(${units}), got ${came}.`)
  }
  if (values.length !== units)
    throw new RangeError(`Expected ${name} with this model's ${units} units, got ${values.length}.`)
  // one number that is none would be in every later state, and the fast kernel would write on as if nothing were wrong
  let sum = 0
  for (let j = 0; j < units; j++) sum += 0 * values[j]
  if (sum !== 0) {
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    throw new RangeError(`Expected finite numbers in ${name}, got ${values[wrong]} at unit ${wrong}.`)
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
