import * as v from 'valibot'
import { describeIssue } from './schema-error.ts'
import { WeightsError } from './weights-error.ts'

/** What every weights file says about itself. */
export interface Header {
  readonly name: string
  readonly description: string
  /** usually an SPDX identifier */
  readonly license: string
  readonly attribution: string
}

/** The schema entries of a header; all of them may be missing. */
export function headerEntries() {
  const text = () => v.optional(v.string(), '')
  return { name: text(), description: text(), license: text(), attribution: text() }
}

/** Checks a parsed file against a schema. @throws WeightsError naming the part */
export function parseFile<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json, { abortEarly: true })
  if (!parsed.success) throw new WeightsError(describeIssue(parsed.issues[0], 'weights file').replace(/^tensors\./, ''))
  return parsed.output
}
