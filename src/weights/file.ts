import * as v from 'valibot'
import { once } from '../math/once.ts'
import type { Tensor } from '../math/tensor.ts'
import { type Header, headerEntries, parseFile } from './header.ts'
import { logitCount } from './logit-count.ts'
import { type Metrics, metricsSchema, VERSION_1_METRICS } from './metrics.ts'
import { decodeTensors, encodeTensors, sizeSchema, tensorsSchema } from './tensor-entry.ts'
import { WeightsError } from './weights-error.ts'

/** A trained network for free writing. Sizes are read from the file, never assumed. */
export interface Weights extends Header {
  /** hidden units, H */
  readonly units: number
  /** mixture components, M */
  readonly mixtures: number
  readonly metrics: Metrics
  readonly tensors: Readonly<Record<TensorName, Tensor>>
}

const TENSORS = ['inputWeights', 'recurrentWeights', 'bias', 'headWeights', 'headBias'] as const
export type TensorName = (typeof TENSORS)[number]

/** The size of a network's input: dx, dy, pen. */
export const INPUTS = 3

/** Returns the shapes of the tensors. Gates are in the order i, g, f, o; the bias includes the forget bias; logits as in `mixtureFromLogits`. */
export function tensorShapes(units: number, mixtures: number): Record<TensorName, number[]> {
  return {
    inputWeights: [INPUTS, 4 * units],
    recurrentWeights: [units, 4 * units],
    bias: [4 * units],
    headWeights: [units, logitCount(mixtures)],
    headBias: [logitCount(mixtures)],
  }
}

const fileSchema = once(() => {
  const entries = {
    format: v.literal('longhand-weights'),
    ...headerEntries(),
    architecture: v.object({
      type: v.literal('lstm-mdn'),
      input: v.literal(INPUTS),
      units: sizeSchema(8192),
      mixtures: sizeSchema(1024),
    }),
    tensors: tensorsSchema(TENSORS),
  }
  return v.variant('version', [
    v.object({ ...entries, version: v.literal(1) }),
    v.object({ ...entries, version: v.literal(2), metrics: metricsSchema() }),
  ])
})

/** A weights file for free writing as JSON: version 1, or version 2, which adds metrics. */
export type WeightsFile = v.InferInput<ReturnType<typeof fileSchema>>

/**
 * Decodes a weights file for free writing, version 1 or 2.
 * @param json the parsed file, from anywhere; it is checked completely
 * @throws WeightsError naming the part, what was expected, and what was found
 */
export function decodeWeights(json: unknown): Weights {
  refuseTextNetwork(json)
  const file = parseFile(fileSchema(), json)
  const { name, description, license, attribution, architecture } = file
  const { units, mixtures } = architecture
  const metrics = file.version === 1 ? VERSION_1_METRICS : file.metrics
  const tensors = decodeTensors(file.tensors, tensorShapes(units, mixtures))
  return { name, description, license, attribution, units, mixtures, metrics, tensors }
}

/**
 * Encodes weights as a version-2 file, for JSON.stringify. `decodeWeights` restores them to the bit.
 * @param dtype left out, every tensor keeps its type; 'int8' quantizes the matrices to a quarter of the size, with an error
 *   of at most half a step
 */
export function encodeWeights(weights: Weights, dtype?: 'int8'): WeightsFile {
  const { name, description, license, attribution, units, mixtures, metrics, tensors } = weights
  return {
    format: 'longhand-weights',
    version: 2,
    name,
    description,
    license,
    attribution,
    architecture: { type: 'lstm-mdn', input: INPUTS, units, mixtures },
    metrics: { ...metrics },
    tensors: encodeTensors(tensors, dtype),
  }
}

function refuseTextNetwork(json: unknown): void {
  const { architecture } = (json ?? {}) as { architecture?: { type?: unknown } | null }
  if (architecture?.type === 'lstm-window-mdn')
    throw new WeightsError(
      'architecture.type: Expected "lstm-mdn" (free writing), got "lstm-window-mdn". That is a text network: use decodeTextWeights.',
    )
}
