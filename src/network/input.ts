import { clamp } from '../math/clamp.ts'
import type { Movement } from '../math/movement.ts'
import type { State } from './lstm.ts'

/** A movement in model units, as a network step reads it: [dx, dy, pen]. */
export type Input = readonly [dx: number, dy: number, pen: number]

// A hundred times the height of a line: all gates saturate long before, and float32 does not overflow.
const LARGEST_MOVEMENT = 1e4

/** Clamps a movement in model units to what a network step can read without overflow: ±10,000 units, pen 0…1. */
export function inputFromMovement([dx, dy, pen]: Readonly<Movement>): Input {
  return [
    clamp(dx, -LARGEST_MOVEMENT, LARGEST_MOVEMENT),
    clamp(dy, -LARGEST_MOVEMENT, LARGEST_MOVEMENT),
    clamp(pen, 0, 1),
  ]
}

/**
 * Checks that a state fits a network of `units` units.
 * @throws TypeError unless h and c are Float32Arrays, RangeError for another length or for numbers that are not finite
 */
export function checkState(state: State, units: number): void {
  checkPart('h', state?.h, units)
  checkPart('c', state?.c, units)
}

function checkPart(name: string, values: unknown, units: number): void {
  if (!(values instanceof Float32Array)) {
    const got = ArrayBuffer.isView(values) || Array.isArray(values) ? values.constructor.name : String(values)
    throw new TypeError(`Expected a state with ${name} as Float32Array(${units}), got ${got}.`)
  }
  if (values.length !== units)
    throw new RangeError(`Expected ${name} with this model's ${units} units, got ${values.length}.`)
  // NaN would spread to every later state, and the WebAssembly kernel would silently continue with it.
  let sum = 0
  for (let j = 0; j < units; j++) sum += 0 * values[j]
  if (sum !== 0) {
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    throw new RangeError(`Expected finite numbers in ${name}, got ${values[wrong]} at unit ${wrong}.`)
  }
}
