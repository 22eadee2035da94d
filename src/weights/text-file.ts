import * as v from 'valibot'
import { once } from '../math/once.ts'
import type { Tensor } from '../math/tensor.ts'
import { type Header, headerEntries, parseFile } from './header.ts'
import { logitCount } from './logit-count.ts'
import { type Metrics, metricsSchema } from './metrics.ts'
import { decodeTensors, encodeTensors, sizeSchema, tensorsSchema } from './tensor-entry.ts'
import { WeightsError } from './weights-error.ts'

/** A trained text network: two LSTM layers with an attention window over the text. Sizes are read from the file. */
export interface TextWeights extends Header {
  /** hidden units of each layer, H */
  readonly units: number
  /** characters, A: character 0 ends the text, 1…95 are ASCII 32…126 */
  readonly alphabet: number
  /** window components, K */
  readonly window: number
  /** mixture components, M */
  readonly mixtures: number
  /** length of a hand's vector, E */
  readonly hand: number
  readonly metrics: Metrics
  readonly tensors: Readonly<Record<TextTensorName, Tensor>>
  /** named hands, from neat to wild */
  readonly hands: readonly HandVector[]
}

/** A style of writing: a name and a vector of E numbers. */
export interface HandVector {
  readonly name: string
  readonly vector: readonly number[]
}

const TENSORS = ['x1', 'w1', 'r1', 'b1', 'c1', 'x2', 'w2', 'i2', 'r2', 'b2', 'c2', 'wp', 'bp', 'wo', 'bo'] as const
export type TextTensorName = (typeof TENSORS)[number]

/** The size of a text network's input: dx, dy, pen, and a quarter of the height below the baseline. */
export const TEXT_INPUTS = 4

interface Sizes {
  units: number
  alphabet: number
  window: number
  mixtures: number
  hand: number
}

/**
 * Returns the shapes of the tensors. x: input, w: window, r: recurrent, i: layer 1 into layer 2, b: bias, c: hand;
 * wp, bp: window parameters alpha, beta, kappa; wo, bo: head. Gates are in the order i, g, f, o.
 */
export function textTensorShapes({
  units: H,
  alphabet: A,
  window: K,
  mixtures: M,
  hand: E,
}: Sizes): Record<TextTensorName, number[]> {
  return {
    x1: [TEXT_INPUTS, 4 * H],
    w1: [A, 4 * H],
    r1: [H, 4 * H],
    b1: [4 * H],
    c1: [E, 4 * H],
    x2: [TEXT_INPUTS, 4 * H],
    w2: [A, 4 * H],
    i2: [H, 4 * H],
    r2: [H, 4 * H],
    b2: [4 * H],
    c2: [E, 4 * H],
    wp: [H, 3 * K],
    bp: [3 * K],
    wo: [2 * H, logitCount(M)],
    bo: [logitCount(M)],
  }
}

const LARGEST_HAND_VALUE = 100

const fileSchema = once(() =>
  v.object({
    format: v.literal('longhand-weights'),
    version: v.literal(2),
    ...headerEntries(),
    architecture: v.object({
      type: v.literal('lstm-window-mdn'),
      input: v.literal(TEXT_INPUTS),
      units: sizeSchema(2048),
      layers: v.literal(2),
      alphabet: v.literal(96),
      window: sizeSchema(64),
      mixtures: sizeSchema(1024),
      hand: sizeSchema(256),
    }),
    metrics: metricsSchema(),
    tensors: tensorsSchema(TENSORS),
    hands: v.pipe(
      v.array(v.object({ name: v.pipe(v.string(), v.nonEmpty('a name')), vector: v.array(v.number()) })),
      v.nonEmpty('at least one hand'),
    ),
  }),
)

/** A text network's weights file as JSON, version 2. */
export type TextWeightsFile = v.InferInput<ReturnType<typeof fileSchema>>

/**
 * Decodes a text network's weights file.
 * @param json the parsed file, from anywhere; it is checked completely
 * @throws WeightsError naming the part, what was expected, and what was found
 */
export function decodeTextWeights(json: unknown): TextWeights {
  const { architecture: found } = (json ?? {}) as { architecture?: { type?: unknown } | null }
  if (found?.type === 'lstm-mdn')
    throw new WeightsError(
      'architecture.type: Expected "lstm-window-mdn" (a text network), got "lstm-mdn". That is a network for free writing: use decodeWeights.',
    )
  const file = parseFile(fileSchema(), json)
  const { name, description, license, attribution, architecture, metrics, hands } = file
  const { units, alphabet, window, mixtures, hand } = architecture
  const sizes = { units, alphabet, window, mixtures, hand }
  checkHands(hands, hand)
  const tensors = decodeTensors(file.tensors, textTensorShapes(sizes))
  return { name, description, license, attribution, ...sizes, metrics, tensors, hands }
}

/** Encodes a text network's weights, for JSON.stringify. `decodeTextWeights` restores them to the bit. */
export function encodeTextWeights(weights: TextWeights, dtype?: 'int8'): TextWeightsFile {
  const { name, description, license, attribution, units, window, mixtures, hand, metrics, tensors, hands } = weights
  return {
    format: 'longhand-weights',
    version: 2,
    name,
    description,
    license,
    attribution,
    architecture: {
      type: 'lstm-window-mdn',
      input: TEXT_INPUTS,
      units,
      layers: 2,
      alphabet: 96,
      window,
      mixtures,
      hand,
    },
    metrics: { ...metrics },
    tensors: encodeTensors(tensors, dtype),
    hands: hands.map(({ name, vector }) => ({ name, vector: [...vector] })),
  }
}

function checkHands(hands: readonly HandVector[], length: number): void {
  const names = new Set<string>()
  for (const [n, { name, vector }] of hands.entries()) {
    if (names.has(name))
      throw new WeightsError(`hands.${n}.name: Expected every name once, got ${JSON.stringify(name)} again.`)
    names.add(name)
    if (vector.length !== length)
      throw new WeightsError(`hands.${n}.vector: Expected ${length} numbers, got ${vector.length}.`)
    const wrong = vector.findIndex((value) => !(Math.abs(value) <= LARGEST_HAND_VALUE))
    if (wrong >= 0)
      throw new WeightsError(
        `hands.${n}.vector.${wrong}: Expected a finite number within ±${LARGEST_HAND_VALUE}, got ${vector[wrong]}.`,
      )
  }
}
