import { circle, exp, log, sigmoid, tanh } from '../../math/elementary.ts'
import { applyCurve, type Curve, tabulate } from './lookup-curve.ts'

/** The function of a unit: tanh z, sin z, ln(1 + e^z), max(z, 0), e^(−z²), 1 / (1 + e^−z), or z itself. */
export type Activation = 'tanh' | 'sine' | 'softplus' | 'relu' | 'gaussian' | 'sigmoid' | 'linear'

/** Replaces values[from…to−1] by the activation of each. */
type Apply = (values: Float64Array, from: number, to: number) => void

const TURN = 2 * Math.PI

// Each has an interpolation error below 2e-8, and the tables end where the functions are constant to that precision.
const tanhCurve = tabulate(tanh, -10, 10, 640)
const sigmoidCurve = tabulate(sigmoid, -20, 20, 640)
const gaussianCurve = tabulate((z) => exp(-z * z), -5, 5, 512)
/** ln(1 + e^−u): softplus minus relu */
const softCurve = tabulate((u) => log(1 + exp(-u)), 0, 20, 640)
/** one turn of sin; the argument is in turns */
const sineCurve = tabulate((turn) => circle(turn)[1], 0, 1, 256)

/** The tables of the activations that have one. */
export const curves: Readonly<Record<Exclude<Activation, 'relu' | 'linear'>, Curve>> = {
  tanh: tanhCurve,
  sine: sineCurve,
  softplus: softCurve,
  gaussian: gaussianCurve,
  sigmoid: sigmoidCurve,
}

export const activations: Readonly<Record<Activation, Apply>> = {
  tanh: byCurve(tanhCurve),
  sine,
  softplus,
  relu,
  gaussian: byCurve(gaussianCurve),
  sigmoid: byCurve(sigmoidCurve),
  linear: () => {},
}

export interface Moments {
  readonly mean: number
  readonly deviation: number
}

const NODES = 512

/**
 * Computes the mean and standard deviation of an activation's outputs for sums distributed as N(0, sumDeviation²), by the
 * midpoint rule over ±6 standard deviations.
 */
export function moments(activation: Activation, sumDeviation: number): Moments {
  const outputs = Float64Array.from({ length: NODES }, (_, n) => node(n) * sumDeviation)
  activations[activation](outputs, 0, NODES)
  let total = 0
  let sum = 0
  let squares = 0
  for (let n = 0; n < NODES; n++) {
    const density = exp((-node(n) * node(n)) / 2)
    const output = outputs[n]
    total += density
    sum += density * output
    squares += density * output * output
  }
  const mean = sum / total
  return { mean, deviation: Math.sqrt(squares / total - mean * mean) }
}

function node(n: number): number {
  return ((n + 0.5) / NODES) * 12 - 6
}

/* @__NO_SIDE_EFFECTS__ */
function byCurve(curve: Curve): Apply {
  return (values, from, to) => applyCurve(curve, values, from, to)
}

function sine(values: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const turns = values[i] * (1 / TURN)
    values[i] = turns - Math.floor(turns)
  }
  applyCurve(sineCurve, values, from, to)
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
