import type { Movement } from '../math/movement.ts'
import { Random } from '../math/random.ts'
import { checkTemperature, type Temperature } from '../network/temperature.ts'
import type { HandBias, TextNetwork } from '../network/text-network.ts'
import type { HandVector, TextWeights } from '../weights/text-file.ts'
import { charactersOf, type OnUnknown } from './characters.ts'
import { createTextNetwork } from './create-network.ts'
import { marksOf } from './marks.ts'
import type { Stray } from './stray.ts'
import { runsOf } from './text-runs.ts'
import { writeRun } from './word-writer.ts'

export interface ScribeOptions {
  /** from `scribe.hand`, `scribe.randomHand`, or `scribe.mix`, or a name; the first hand by default */
  hand?: HandVector | string
  /** default 0.3: neat. 1 is as varied as the training data */
  temperature?: Temperature
  /** receives each character that cannot be written, which is then left out; by default such a character is an error */
  onUnknown?: OnUnknown
  /** receives what went wrong each time a word is written again */
  onStray?: (stray: Stray) => void
}

/** A word as it was written, for `Manuscript.addWord(word.movements, word.indices)`. */
export interface ScribeWord {
  /** in model units; the first one leads from the word before, or, after a line break, from the baseline */
  readonly movements: Movement[]
  /** for each movement, the index in the text of the character being written */
  readonly indices: number[]
  /** line breaks before the word; call `Manuscript.breakLine` as often */
  readonly breaks: number
}

/** A movement, and the index in the text of the character being written. */
export interface ScribeMovement {
  readonly movement: Movement
  readonly index: number
}

const DEFAULT = 0.3
const WORD_GAP = 1.1 // x-heights between two runs of a line
const LINE_HEIGHT = 4.4 // x-heights

/**
 * Writes any text in a chosen hand. Graves 2013, section 5. The same text, hand, temperature, and seed give the same movements.
 *
 *     const scribe = new Scribe(decodeTextWeights(json), new Random(7))
 *     for (const { movement, index } of scribe.write('Dear reader,', { hand: 'alder' })) …
 */
export class Scribe {
  readonly weights: TextWeights
  /** the source of randomness; assign another one to start again from a seed */
  random: Random
  readonly network: TextNetwork
  readonly #biases = new WeakMap<HandVector, HandBias>()

  /**
   * @param weights from `decodeTextWeights`; TypeError for a file that was not decoded
   * @param random seed it for reproducible writing: `new Random(7)`
   * @param kernel 'wasm' is faster, and falls back to 'plain' where WebAssembly is not available
   */
  constructor(weights: TextWeights, random = new Random(), kernel: 'wasm' | 'plain' = 'wasm') {
    if (!Array.isArray(weights?.hands) || !weights.tensors?.wp)
      throw new TypeError(`Expected decoded text weights, got ${String(weights)}. Call decodeTextWeights(json) first.`)
    this.weights = weights
    this.random = random
    this.network = createTextNetwork(weights, kernel)
  }

  /** The names of the hands, from neat to wild. */
  get hands(): string[] {
    return this.weights.hands.map(({ name }) => name)
  }

  /** Returns a hand by its name. @throws RangeError for an unknown name */
  hand(name: string): HandVector {
    const hand = this.weights.hands.find((hand) => hand.name === name)
    if (!hand) throw new RangeError(`Expected one of ${this.hands.join(', ')}, got ${String(name)}.`)
    return hand
  }

  /** Returns a hand between two that are picked at random: another one every time. */
  randomHand(): HandVector {
    const pick = () => this.weights.hands[Math.floor(this.random.uniform() * this.weights.hands.length)]
    return this.mix(pick(), pick(), this.random.uniform())
  }

  /** Mixes two hands. @param t 0 gives a, 1 gives b, and values between them a hand between them */
  mix(a: HandVector | string, b: HandVector | string, t: number): HandVector {
    if (!Number.isFinite(t)) throw new RangeError(`Expected t to be a finite number, got ${t}.`)
    const [from, to] = [a, b].map((hand) => (typeof hand === 'string' ? this.hand(hand) : hand))
    return {
      name: `${from.name} + ${to.name}`,
      vector: from.vector.map((value, n) => value + t * (to.vector[n] - value)),
    }
  }

  /**
   * Writes a text, one movement at a time, in model units. A line break returns the pen to the start of the next line,
   * 4.4 x-heights below. To fit a text to a page, use `words` with a `Manuscript`.
   */
  *write(text: string, options: ScribeOptions = {}): Generator<ScribeMovement, void, void> {
    const lineHeight = LINE_HEIGHT * this.weights.metrics.xHeight
    let [x, y] = [0, 0] // from the start of the line
    for (const word of this.words(text, options)) {
      if (!word) continue
      const { movements, indices, breaks } = word
      for (const [n, [dx, dy, pen]] of movements.entries()) {
        const movement: Movement = [dx, dy, pen]
        if (n === 0 && breaks > 0) {
          movement[0] -= x
          movement[1] += breaks * lineHeight - y
          x = y = 0
        }
        x += dx
        y += dy
        yield { movement, index: indices[n] }
      }
    }
  }

  /**
   * Writes a text, one word at a time, each with its indices and line breaks.
   * @yields undefined after every step of the network, so that a page can pause between two, and each word when it is finished
   */
  *words(text: string, options: ScribeOptions = {}): Generator<ScribeWord | undefined, void, void> {
    const { temperature = DEFAULT, onUnknown, onStray } = options
    checkTemperature(temperature)
    const hand = this.#bias(options.hand ?? this.weights.hands[0])
    const characters = charactersOf(text, onUnknown)
    const { weights, network, random } = this
    const { xHeight } = weights.metrics
    let [x, y, right] = [0, 0, 0]
    for (const run of runsOf(characters)) {
      if (run.breaks > 0) x = y = right = 0
      const left = right > 0 ? right + WORD_GAP * xHeight : 0
      let n = 0
      for (const ink of writeRun(run, { weights, network, random, hand, temperature, onStray })) {
        if (!ink) {
          yield undefined
          continue
        }
        const points = [...ink, ...marksOf(ink, run.words[n], xHeight)]
        const movements = points.map((point, at): Movement => {
          const before = at === 0 ? { x: x - left, y } : points[at - 1]
          return [point.x - before.x, point.y - before.y, point.pen]
        })
        const last = points[points.length - 1]
        x = last.x + left
        y = last.y
        right = Math.max(right, left + Math.max(...ink.map((point) => point.x)))
        yield { movements, indices: points.map(({ index }) => index), breaks: n === 0 ? run.breaks : 0 }
        n++
      }
    }
  }

  #bias(hand: HandVector | string): HandBias {
    const vector = typeof hand === 'string' ? this.hand(hand) : hand
    let bias = this.#biases.get(vector)
    if (!bias) {
      bias = this.network.hand(vector.vector)
      this.#biases.set(vector, bias)
    }
    return bias
  }
}
