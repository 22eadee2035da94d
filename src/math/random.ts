import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { circle, log } from './elementary.ts'

/** The serialized form of a `Random`: written by `JSON.stringify(random)`, read by `Random.from`. */
export interface RandomState {
  seed: number
  state: readonly number[]
}

/**
 * The source of all randomness: the same seed gives the same numbers, and so the same drawing, in Node and every browser.
 * The generator is xoroshiro128+ (Blackman and Vigna 2018), from pure-rand.
 */
export class Random {
  /** The seed that this source started from, an integer in 0…2³²−1. Keep it to make the drawing again. */
  readonly seed: number
  #generator

  /** @param seed an integer in 0…2³²−1, or a RangeError; left out, a fresh random seed */
  constructor(seed: number = freshSeed()) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
      throw new RangeError(`Expected seed to be an integer from 0 to ${0xffffffff}, got ${seed}.`)
    this.seed = seed
    this.#generator = xoroshiro128plusFromState(scatter(seed))
  }

  /** Restores a serialized source, which continues where it stopped. @throws RangeError for an invalid state */
  static from({ seed, state }: RandomState): Random {
    const isWord = (value: number) => (value | 0) === value
    if (!Array.isArray(state) || state.length !== 4 || !state.every(isWord) || !state.some(Boolean))
      throw new RangeError(`Expected a state of four 32-bit integers that are not all 0, got ${JSON.stringify(state)}.`)
    const random = new Random(seed)
    random.#generator = xoroshiro128plusFromState(state)
    return random
  }

  toJSON(): RandomState {
    return { seed: this.seed, state: this.#generator.getState() }
  }

  /** Returns an independent copy that gives the same numbers from here on. */
  clone(): Random {
    return Random.from(this.toJSON())
  }

  /** Returns a uniform number, 0 ≤ u < 1, in steps of 2⁻⁵³. */
  uniform(): number {
    const high = this.#generator.next() >>> 5 // 27 bits
    const low = this.#generator.next() >>> 6 // 26 bits
    return (high * 2 ** 26 + low) * 2 ** -53
  }

  /** Returns two independent samples of N(0, 1). Box and Muller 1958: always takes two uniforms, so that seeds stay in step. */
  normalPair(): [number, number] {
    const radius = Math.sqrt(-2 * log(1 - this.uniform()))
    const [cosine, sine] = circle(this.uniform())
    return [radius * cosine, radius * sine]
  }

  /** Returns one sample of N(0, 1). */
  normal(): number {
    return this.normalPair()[0]
  }

  /** Samples an index with probability ∝ weights[index]. Weights are ≥ 0 and need not sum to 1. @throws RangeError if empty */
  categorical(weights: ArrayLike<number>): number {
    if (weights.length === 0) throw new RangeError('Expected at least one weight, got none.')
    let total = 0
    for (let k = 0; k < weights.length; k++) total += weights[k]
    let rest = this.uniform() * total
    for (let k = 0; k < weights.length; k++) {
      rest -= weights[k]
      if (rest < 0) return k
    }
    return weights.length - 1 // reached only by rounding
  }
}

/**
 * Derives four words from a seed with the counter of splitmix (Steele et al. 2014) and the finalizer of MurmurHash3. Started
 * from the bare seed, xoroshiro128+ gives nearly the same numbers for all small seeds.
 */
function scatter(seed: number): number[] {
  return [1, 2, 3, 4].map((n) => {
    let word = seed + n * 0x9e3779b9
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
    return word ^ (word >>> 16)
  })
}

function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number
}
