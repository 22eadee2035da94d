import type { Movement, Weights } from '../../src/index.ts'
import type { Timing } from './timing.ts'

/** The figures that a benchmark reports, by name. */
export interface Result {
  /** in milliseconds */
  timings: Record<string, Timing>
  /** dimensionless; how many times as long as longhand, unless the name says otherwise */
  ratios: Record<string, number>
  /** smallest and largest value of ratios that were measured several times */
  ranges?: Record<string, [min: number, max: number]>
  /** other figures; the name says the unit */
  numbers?: Record<string, number>
  /** remarks, such as why a figure is missing */
  notes?: string[]
}

/** A benchmark: a file in this folder exports it, and node.ts (or browser-page.ts) lists it. */
export interface Bench {
  /** what is measured, in a few words */
  title: string
  run(subject: Subject): Result | Promise<Result>
}

/** What is measured: the handwriting weights, as text and decoded, and the engines to compare with. */
export interface Subject {
  text: string
  weights: Weights
  peers: OpenPeer[]
}

/** The same network in another engine, which keeps its own state. */
export interface OpenPeer {
  name: string
  /** Reads a movement, in model units, and returns the logits of the next. */
  step(movement: Movement): ArrayLike<number> | Promise<ArrayLike<number>>
}

/** Another engine that runs the same weights: each file in peers/ exports one. */
export interface Peer {
  name: string
  /** @param assets path or URL of the engine's WebAssembly files, with a trailing slash */
  open(weights: Weights, assets: string): Promise<OpenPeer>
}
