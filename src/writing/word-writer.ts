import type { Movement } from '../math/movement.ts'
import type { Random } from '../math/random.ts'
import { inputFromMovement } from '../network/input.ts'
import { sampleMixture } from '../network/sampler.ts'
import type { Temperature } from '../network/temperature.ts'
import { type HandBias, startOfText, type TextNetwork, type TextState } from '../network/text-network.ts'
import { attended } from '../network/window.ts'
import type { TextWeights } from '../weights/text-file.ts'
import type { InkPoint } from './marks.ts'
import { type Stray, StrayDetector } from './stray.ts'
import { codesOf, type Run } from './text-runs.ts'

const TRIES = 5

interface Options {
  weights: TextWeights
  network: TextNetwork
  random: Random
  hand: HandBias
  temperature: Temperature
  onStray?: ((stray: Stray) => void) | undefined
}

/** Where the pen is: everything that is needed to continue, or to start a word again. */
interface Place {
  state: TextState
  x: number
  y: number
  lifted: boolean
}

interface Attempt {
  points: InkPoint[]
  /** after the word */
  place: Place
  stray: Stray | undefined
}

/**
 * Writes the words of a run, one after the other. A word that strays is written again with the next numbers of `random`; after
 * a few tries, the best one is kept.
 * @yields undefined after every step of the network, so that a page can pause, and the ink of a word when it is finished:
 *   x from the start of the run, y from the baseline
 */
export function* writeRun(run: Run, options: Options): Generator<InkPoint[] | undefined, void, void> {
  const { weights, network, hand, onStray } = options
  const begin = (from: number): { text: Uint8Array; first: number; place: Place } => {
    const text = codesOf(run.words.slice(from))
    const state = network.step([0, 0, 1], startOfText(weights), text, hand)
    return { text, first: from, place: { state, x: 0, y: 0, lifted: true } }
  }
  let { text, first, place } = begin(0)
  let left = 0 // of the current start, in the run
  for (let n = 0; n < run.words.length; n++) {
    let best: Attempt | undefined
    for (let tries = 0; tries < TRIES; tries++) {
      const attempt = yield* writeWord(run, first, n, text, place, options)
      if (!best || rank(attempt) < rank(best)) best = attempt
      if (!attempt.stray) break
      onStray?.(attempt.stray)
    }
    const { points, place: after, stray } = best as Attempt
    yield points.map((point) => ({ ...point, x: point.x + left }))
    place = after
    // The window is not where the next word begins: start again there.
    if (stray && stray !== 'skips' && n + 1 < run.words.length) {
      left += Math.max(...points.map(({ x }) => x)) + weights.metrics.xHeight
      ;({ text, first, place } = begin(n + 1))
    }
  }
}

const RANKS: readonly (Stray | undefined)[] = [undefined, 'skips', 'repeats', 'endless', 'leaves line']

function rank({ stray }: Attempt): number {
  return RANKS.indexOf(stray)
}

/** Writes one word, up to where the pen lands on the next one. */
function* writeWord(
  run: Run,
  first: number,
  n: number,
  text: Uint8Array,
  start: Place,
  { network, random, hand, temperature, weights }: Options,
): Generator<undefined, Attempt, void> {
  const characters = run.words[n]
  const before = run.words.slice(first, n).reduce((sum, word) => sum + word.length + 1, 0)
  const end = before + characters.length // in the text: the space behind the word, or the end
  const isLast = end === text.length - 1
  const detector = new StrayDetector(characters, weights.metrics.xHeight)
  const points: InkPoint[] = []
  let { state, x, y, lifted } = start
  let right = Number.NEGATIVE_INFINITY
  for (;;) {
    const at = attended(state.attention, text.length)
    if (points.length > 0 && lifted && isLast && at >= end) break
    const movement: Movement = sampleMixture(network.mixture(state), temperature, random)
    const [dx, dy, pen] = movement
    // A lifted pen that lands to the right of all ink, once the window has passed the word, begins the next one.
    if (points.length > 0 && lifted && !isLast && at >= end && x + dx > right) break
    x += dx
    y += dy
    const point = { x, y, pen, index: characters[Math.min(Math.max(at - before, 0), characters.length - 1)].index }
    points.push(point)
    if (!lifted) right = Math.max(right, x)
    lifted = pen > 0.5
    const stray = detector.add(point)
    state = network.step(inputFromMovement(movement), state, text, hand)
    yield undefined
    if (stray) {
      point.pen = 1
      return { points, place: { state, x, y, lifted: true }, stray }
    }
  }
  return { points, place: { state, x, y, lifted }, stray: detector.finish() }
}
