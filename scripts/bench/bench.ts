import type { Movement, Weights } from '../../src/index.ts'
import type { Timing } from './timing.ts'

/** What a benchmark says: a line each, and numbers that others may compare. */
export interface Result {
  /** in milliseconds */
  timings: Record<string, Timing>
  /** dimensionless */
  ratios: Record<string, number>
  /** where a ratio was measured several times, the least and the largest */
  ranges?: Record<string, [least: number, largest: number]>
  /** what is no time; the name says the unit */
  numbers?: Record<string, number>
  /** why something is missing here */
  notes?: string[]
}

/** A benchmark is a file in this folder that exports one, and a line in scripts/bench.ts. */
export interface Bench {
  /** what is timed, in a few words */
  title: string
  run(subject: Subject): Result | Promise<Result>
}

/** What is timed: the handwriting weights, as text and decoded; and what it is timed against. */
export interface Subject {
  text: string
  weights: Weights
  peers: OpenPeer[]
}

/** Another library's network with the same weights, which keeps its own state. */
export interface OpenPeer {
  name: string
  /** Reads a movement, in model units; the logits that follow. */
  step(movement: Movement): ArrayLike<number> | Promise<ArrayLike<number>>
}

/** A library that is timed beside longhand: scripts/bench/peers has a file for each, which exports one. */
export interface Peer {
  name: string
  /** @param assets the library's folder of WebAssembly files, where the platform finds them: a path or a URL, with a slash */
  open(weights: Weights, assets: string): Promise<OpenPeer>
}
