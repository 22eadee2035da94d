import * as v from 'valibot'
import { once } from '../../math/once.ts'
import { describeIssue } from '../../weights/schema-error.ts'
import type { Activation } from '../network/activation.ts'
import { COLOR_MODELS } from '../paint/color.ts'
import { DENSE_ACTIVATIONS, DenseError } from './dense-network.ts'

/** Properties of a network that its tensors do not show; a file's metadata may contain them. */
export interface ImportOptions {
  readonly name?: string
  readonly description?: string
  readonly license?: string
  readonly attribution?: string
  /** of the hidden layers; 'tanh' by default */
  readonly activation?: Activation
  /** of the last layer; 'sigmoid' by default. The range of a tanh is converted from −1…1 to 0…1. */
  readonly output?: Activation
  /** factor of the sums in hidden layers, such as 30 in SIREN (Sitzmann et al. 2020); 1 by default */
  readonly omega?: number
  /** range of x and y along the shorter side of the training picture; −0.5…0.5 by default */
  readonly range?: readonly [number, number]
  /** y grew upward in training; downward by default, as in pictures */
  readonly yUp?: boolean
  readonly color?: (typeof COLOR_MODELS)[number]
}

// JSON has types; in safetensors all metadata is text.
const metadataSchema = once(() => {
  const number = v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
    v.number(),
    v.finite('a finite number'),
  )
  const range = v.pipe(
    v.union([
      v.array(v.number()),
      v.pipe(
        v.string(),
        v.transform((text) => text.split(',').map(Number)),
      ),
    ]),
    v.strictTuple([v.pipe(v.number(), v.finite('a finite number')), v.pipe(v.number(), v.finite('a finite number'))]),
  )
  const flag = v.union([
    v.boolean(),
    v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
    ),
  ])
  return v.object({
    name: v.optional(v.string()),
    description: v.optional(v.string()),
    license: v.optional(v.string()),
    attribution: v.optional(v.string()),
    activation: v.optional(v.picklist(DENSE_ACTIVATIONS)),
    output: v.optional(v.picklist(DENSE_ACTIVATIONS)),
    omega: v.optional(number),
    range: v.optional(range),
    yUp: v.optional(flag),
    color: v.optional(v.picklist(COLOR_MODELS)),
  })
})

/** Reads a file's metadata; unknown fields are ignored. @throws DenseError naming a field that is wrong */
export function readMetadata(metadata: unknown): ImportOptions {
  const parsed = v.safeParse(metadataSchema(), metadata, { abortEarly: true })
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.output).filter(([, value]) => value !== undefined)) as ImportOptions
  const issue = parsed.issues[0]
  throw new DenseError(`${v.getDotPath(issue) ? 'metadata.' : ''}${describeIssue(issue, 'metadata')}`)
}
