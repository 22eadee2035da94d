import * as v from 'valibot'
import type { Activation } from '../network/activation.ts'
import { COLOR_MODELS } from '../paint/color.ts'
import { DENSE_ACTIVATIONS, DenseError } from './dense-file.ts'

/** What the tensors do not tell of a network. A file may say it of itself. */
export interface ImportOptions {
  readonly name?: string
  readonly description?: string
  readonly license?: string
  readonly attribution?: string
  /** of the hidden layers; 'tanh' by default */
  readonly activation?: Activation
  /** of the last layer; 'sigmoid' by default. A tanh is turned from −1…1 into 0…1. */
  readonly output?: Activation
  /** what every sum of a hidden layer is multiplied by, such as the 30 of a network of sines; 1 by default */
  readonly omega?: number
  /** what x and y went from and to along the shorter side of the picture it was trained on; −0.5…0.5 by default */
  readonly range?: readonly [number, number]
  /** y grew upwards; downwards by default, as in pictures */
  readonly yUp?: boolean
  readonly color?: (typeof COLOR_MODELS)[number]
}

// JSON says what is meant; in safetensors all metadata are texts.
const number = v.pipe(v.union([v.number(), v.pipe(v.string(), v.transform(Number))]), v.number(), v.finite())
const range = v.pipe(
  v.union([
    v.array(v.number()),
    v.pipe(
      v.string(),
      v.transform((text) => text.split(',').map(Number)),
    ),
  ]),
  v.strictTuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())]),
)
const flag = v.union([
  v.boolean(),
  v.pipe(
    v.picklist(['true', 'false']),
    v.transform((text) => text === 'true'),
  ),
])
const metadataSchema = v.object({
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

/** @throws DenseError where a file says what cannot be */
export function readMetadata(metadata: unknown): ImportOptions {
  const parsed = v.safeParse(metadataSchema, metadata, { abortEarly: true })
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.output).filter(([, value]) => value !== undefined)) as ImportOptions
  const issue = parsed.issues[0]
  const where = ['metadata', v.getDotPath(issue) ?? []].flat().join('.')
  throw new DenseError(`${where}: Got ${issue.received} when expected ${issue.expected ?? issue.message}.`)
}
