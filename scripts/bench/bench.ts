import type { Weights } from '../../src/index.ts'
import type { Timing } from './timing.ts'

/** What a benchmark says: a line each, and numbers that others may compare. */
export interface Result {
  /** in milliseconds */
  timings: Record<string, Timing>
  /** dimensionless */
  ratios: Record<string, number>
  /** in millions of pixels a second */
  rates?: Record<string, number>
}

/** A benchmark is a file in this folder that exports one, and a line in scripts/bench.ts. */
export interface Bench {
  /** what is timed, in a few words */
  title: string
  run(subject: Subject): Result
}

/** What is timed: the handwriting weights, as text and decoded. */
export interface Subject {
  text: string
  weights: Weights
}
