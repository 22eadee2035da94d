import { circle, exp, log, sigmoid, tanh } from '../../math/elementary.ts'
import { bend, type Curve, tabulate } from './lookup-curve.ts'

/** What a unit makes of its sum: tanh z, sin z, ln(1 + e^z), max(z, 0), e^(−z²), or nothing. */
export type Activation = 'tanh' | 'sine' | 'softplus' | 'relu' | 'gaussian' | 'sigmoid' | 'linear'

/** In place, values[from…to−1]. */
type Apply = (values: Float64Array, from: number, to: number) => void

const TURN = 2 * Math.PI

// Hermite's error bound for each is below 2e-8, and tanh and the logistic function are level to that where theirs end.
const tanhCurve = tabulate(tanh, -10, 10, 640)
const sigmoidCurve = tabulate(sigmoid, -20, 20, 640)
const gaussianCurve = tabulate((z) => exp(-z * z), -5, 5, 512)
/** ln(1 + e^−u), what softplus has above relu */
const softCurve = tabulate((u) => log(1 + exp(-u)), 0, 20, 640)
/** sin and cos over one turn; the argument counts turns */
const sineCurve = tabulate((turn) => circle(turn)[1], 0, 1, 256)

/** The tables behind the activations that have one. */
export const curves: Readonly<Record<Exclude<Activation, 'relu' | 'linear'>, Curve>> = {
  tanh: tanhCurve,
  sine: sineCurve,
  softplus: softCurve,
  gaussian: gaussianCurve,
  sigmoid: sigmoidCurve,
}

export const activations: Readonly<Record<Activation, Apply>> = {
  tanh: along(tanhCurve),
  sine,
  softplus,
  relu,
  gaussian: along(gaussianCurve),
  sigmoid: along(sigmoidCurve),
  linear: () => {},
}

export interface Moments {
  readonly mean: number
  readonly deviation: number
}

const NODES = 512

/** The mean and the deviation of an activation's answers to sums from N(0, spread²), by the midpoint rule over ±6 spreads. */
export function moments(activation: Activation, spread: number): Moments {
  const answers = Float64Array.from({ length: NODES }, (_, n) => node(n) * spread)
  activations[activation](answers, 0, NODES)
  let total = 0
  let sum = 0
  let squares = 0
  for (let n = 0; n < NODES; n++) {
    const density = exp((-node(n) * node(n)) / 2)
    const answer = answers[n]
    total += density
    sum += density * answer
    squares += density * answer * answer
  }
  const mean = sum / total
  return { mean, deviation: Math.sqrt(squares / total - mean * mean) }
}

function node(n: number): number {
  return ((n + 0.5) / NODES) * 12 - 6
}

function along(curve: Curve): Apply {
  return (values, from, to) => bend(curve, values, from, to)
}

function sine(values: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const turns = values[i] * (1 / TURN)
    values[i] = turns - Math.floor(turns)
  }
  bend(sineCurve, values, from, to)
}

function relu(values: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) if (values[i] < 0) values[i] = 0
}

function softplus(values: Float64Array, from: number, to: number): void {
  const { density, pieces, table } = softCurve
  for (let i = from; i < to; i++) {
    const z = values[i]
    let u = (z < 0 ? -z : z) * density
    if (u > pieces) u = pieces
    const n = u | 0
    const t = u - n
    const k = n << 2
    const above = ((table[k + 3] * t + table[k + 2]) * t + table[k + 1]) * t + table[k]
    values[i] = z < 0 ? above : z + above
  }
}
