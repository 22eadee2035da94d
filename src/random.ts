import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
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
      throw new RangeError(`Got seed ${seed} when expected an integer from 0 to ${0xffffffff}.`)
    this.seed = seed
    this.#generator = xoroshiro128plus(seed)
  }

  /** A source that goes on from where the one that was serialised had stopped. */
  static from({ seed, state }: RandomState): Random {
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

  /** An index drawn with probability ∝ weights[index]; weights ≥ 0, their sum is free. */
  categorical(weights: ArrayLike<number>): number {
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

function freshSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] as number
}
