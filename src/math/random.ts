import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import { circle, log } from './elementary.ts'

/** What `JSON.stringify(random)` keeps and `Random.from` takes. */
export interface RandomState {
  seed: number
  state: readonly number[]
}

/**
 * The one source of chance: the same seed gives the same numbers, and so the same drawing, in Node and in every browser.
 * The generator is xoroshiro128+ (Blackman and Vigna 2018), from pure-rand.
 */
export class Random {
  /** The seed this source was begun with, an integer in 0…2³²−1: note it, and the drawing can be made again. */
  readonly seed: number
  #generator

  /** @param seed an integer in 0…2³²−1; left out, a fresh one is drawn. RangeError for anything else. */
  constructor(seed: number = freshSeed()) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
      throw new RangeError(`Expected seed to be an integer from 0 to ${0xffffffff}, got ${seed}.`)
    this.seed = seed
    this.#generator = xoroshiro128plusFromState(scatter(seed))
  }

  /** A source that goes on from where the one that was serialised had stopped. RangeError for what none has written. */
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

  /** A copy that draws the same numbers from here on, independently of this one. */
  clone(): Random {
    return Random.from(this.toJSON())
  }

  /** Uniform in 0 ≤ u < 1, in steps of 2⁻⁵³. */
  uniform(): number {
    const high = this.#generator.next() >>> 5 // 27 bits
    const low = this.#generator.next() >>> 6 // 26 bits
    return (high * 2 ** 26 + low) * 2 ** -53
  }

  /** Two independent draws from N(0, 1), by Box and Muller (1958): always two uniforms, so that seeds stay in step. */
  normalPair(): [number, number] {
    const radius = Math.sqrt(-2 * log(1 - this.uniform()))
    const [cosine, sine] = circle(this.uniform())
    return [radius * cosine, radius * sine]
  }

  /** One draw from N(0, 1). */
  normal(): number {
    return this.normalPair()[0]
  }

  /** An index drawn with probability ∝ weights[index]; weights ≥ 0, their sum is free. RangeError if there is none. */
  categorical(weights: ArrayLike<number>): number {
    if (weights.length === 0) throw new RangeError('Expected at least one weight, got none.')
    let total = 0
    for (let k = 0; k < weights.length; k++) total += weights[k]
    let rest = this.uniform() * total
    for (let k = 0; k < weights.length; k++) {
      rest -= weights[k]
      if (rest < 0) return k
    }
    return weights.length - 1 // rounding is not an error
  }
}

/**
 * Four words from a seed, by the counter of splitmix (Steele et al. 2014) and the last steps of MurmurHash3. Begun from
 * the bare seed, xoroshiro128+ goes through nearly the same numbers for every small seed: one hand under many names.
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
