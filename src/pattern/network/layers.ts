import type { Activation } from './activation.ts'

/** A fully connected layer: activation(weights · inputs + bias). */
export interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** (outputs, inputs) row-major */
  readonly weights: Float32Array
  /** (outputs) */
  readonly bias: Float32Array
  /** one per group of units: (⌈outputs / UNITS_PER_GROUP⌉) */
  readonly activations: readonly Activation[]
}

/** Outputs of a pattern's last layer: four color channels, of which a color model may use fewer, and the opacity. */
export const OUTPUTS = 5
export const OPACITY = 4

/** Units that share an activation, so that layers with several activations stay fast. */
export const UNITS_PER_GROUP = 4
