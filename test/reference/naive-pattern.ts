import { INPUTS, type Input, type Pattern } from '../../src/api/pattern.ts'
import type { Activation } from '../../src/pattern/network/activation.ts'
import { OUTPUTS } from '../../src/pattern/network/layers.ts'
import { slotsOf } from '../../src/pattern/network/position.ts'

/** The layers of a pattern in the most direct form: rows of plain arrays. */
export interface NaiveNetwork {
  readonly pattern: Pattern
  readonly layers: readonly { weights: number[][]; bias: number[]; activations: Activation[] }[]
}

/** @param outputsNeeded how many outputs of the last layer to compute */
export function naiveNetwork(pattern: Pattern, outputsNeeded = OUTPUTS): NaiveNetwork {
  const slots = slotsOf(pattern.inputs)
  const layers = pattern.layers.map(({ inputs, outputs, weights, bias, activations }, n) => ({
    weights: Array.from({ length: n === pattern.layers.length - 1 ? outputsNeeded : outputs }, (_, row) => {
      const all = [...weights.subarray(row * inputs, (row + 1) * inputs)]
      return n === 0 ? slots.map((slot) => all[slot]) : all
    }),
    bias: [...bias],
    activations: Array.from({ length: outputs }, (_, row) => activations[Math.floor(row / 4)]),
  }))
  return { pattern, layers }
}

const functions: Record<Activation, (z: number) => number> = {
  tanh: Math.tanh,
  sine: Math.sin,
  softplus: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  relu: (z) => Math.max(z, 0),
  gaussian: (z) => Math.exp(-z * z),
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  linear: (z) => z,
}

/**
 * Evaluates the network at one position, in float64 and with the functions of Math: the reference that tests and
 * benchmarks compare renderers with.
 * @returns the outputs in 0…1
 */
export function naiveOutputs({ pattern, layers }: NaiveNetwork, x: number, y: number): number[] {
  let units = inputsAt(pattern, x, y)
  for (const { weights, bias, activations } of layers) {
    const before = units
    units = weights.map((row, n) => {
      let sum = bias[n]
      for (let k = 0; k < row.length; k++) sum += row[k] * before[k]
      return functions[activations[n]](sum)
    })
  }
  return units
}

/** Returns the inputs of the network at a position, in the order of the slots. */
function inputsAt({ inputs, symmetry: { center, folds } }: Pattern, x: number, y: number): number[] {
  const dx = x - center[0]
  const dy = y - center[1]
  const values: number[] = []
  for (const input of INPUTS) if (inputs.includes(input)) values.push(...valuesOf(input, x, y, dx, dy, folds))
  return values
}

function valuesOf(input: Input, x: number, y: number, dx: number, dy: number, folds: number): number[] {
  switch (input) {
    case 'x':
      return [x]
    case 'y':
      return [y]
    case 'r':
      return [Math.sqrt(dx * dx + dy * dy)]
    case 'wave':
      return [dx, dy].map((d) => Math.abs(((((d / 0.5 + 0.75) % 1) + 1) % 1) * 2 - 1) - 0.5)
    case 'parabola':
      return [2 * dx * dx, 2 * dy * dy]
    case 'root':
      return [dx, dy].map((d) => (d * d + 1e-6) ** 0.25)
    case 'angle': {
      const fade = (Math.hypot(dx, dy) / Math.sqrt(dx * dx + dy * dy + 1e-2)) ** folds
      const angle = Math.atan2(dy, dx) * folds
      return [0.3 * fade * Math.cos(angle), 0.3 * fade * Math.sin(angle)]
    }
  }
}
