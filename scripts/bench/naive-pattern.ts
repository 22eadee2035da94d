import type { Activation } from '../../src/pattern/activation.ts'
import type { Pattern } from '../../src/pattern/index.ts'

/** The layers of a pattern as one would write them down first: rows of plain arrays. */
export interface NaiveNetwork {
  readonly pattern: Pattern
  readonly layers: readonly { weights: number[][]; bias: number[]; activations: Activation[] }[]
}

export function naiveNetwork(pattern: Pattern): NaiveNetwork {
  const layers = pattern.layers.map(({ inputs, outputs, weights, bias, activations }) => ({
    weights: Array.from({ length: outputs }, (_, row) => [...weights.subarray(row * inputs, (row + 1) * inputs)]),
    bias: [...bias],
    activations: Array.from({ length: outputs }, (_, row) => activations[Math.floor(row / 4)] as Activation),
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
 * Asks the network about one place, in float64 and with the functions of Math, as the renderers are measured against in
 * tests and in the benchmark. @returns the answers in 0…1
 */
export function naiveAnswers({ pattern, layers }: NaiveNetwork, x: number, y: number): number[] {
  let units = tell(pattern, x, y)
  for (const { weights, bias, activations } of layers) {
    const before = units
    units = weights.map((row, n) => {
      let sum = bias[n] as number
      for (let k = 0; k < row.length; k++) sum += (row[k] as number) * (before[k] as number)
      return functions[activations[n] as Activation](sum)
    })
  }
  return units
}

/** All the numbers that a place may be told in; the network weighs those it was not asked to hear with 0. */
function tell({ symmetry }: Pattern, x: number, y: number): number[] {
  const dx = x - symmetry.center[0]
  const dy = y - symmetry.center[1]
  const wave = (d: number) => Math.abs(((((d / 0.5 + 0.75) % 1) + 1) % 1) * 2 - 1) - 0.5
  const root = (d: number) => (d * d + 1e-6) ** 0.25
  const fade = (Math.hypot(dx, dy) / Math.sqrt(dx * dx + dy * dy + 1e-4)) ** symmetry.folds
  const angle = Math.atan2(dy, dx) * symmetry.folds
  return [
    x,
    y,
    Math.hypot(dx, dy),
    wave(dx),
    wave(dy),
    2 * dx * dx,
    2 * dy * dy,
    root(dx),
    root(dy),
    0.5 * fade * Math.cos(angle),
    0.5 * fade * Math.sin(angle),
    0,
  ]
}
