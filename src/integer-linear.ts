import type { Linear } from './linear.ts'
import { columnsOf, type Int8Tensor, roundUp, sizeOf } from './tensor.ts'

const GRID = 2 ** 23 // of hidden states, see `onGrid`
const DIGIT = 2 ** 12
const FIELD = 2 ** 26
const BLOCK = 32 // inputs whose sum 128 × 2¹³ × 32 is no more than half a field
const PACKS = 4
const ROUNDING = 1.5 * 2 ** 52 // added and taken away again, it leaves the nearest integer

/**
 * int8 weights times hidden states on their grid, |x| ≤ 4, in integers: exact whatever the order of the terms, which is how
 * the WebAssembly kernel, which adds in another order, gives the same bits.
 *
 * A float64 has room for two of the sums: two outputs' weights stand in one number, first + 2²⁶ second, and the states in two
 * digits of 12 bits, so that one multiplication serves two weights, and half as many numbers have to be read. Every 32
 * inputs the two sums are taken apart.
 *
 * @param weights (inputs, outputs)
 */
export function integerLinear(weights: Int8Tensor): Linear {
  const outputs = columnsOf(weights.shape)
  const inputs = sizeOf(weights.shape) / outputs
  const paddedOutputs = roundUp(outputs, 2 * PACKS)
  const packs = pack(weights.data, inputs, outputs, paddedOutputs)
  const scale = new Float64Array(paddedOutputs)
  scale.set(weights.scale.map((step) => step / GRID))
  const high = new Float64Array(inputs)
  const low = new Float64Array(inputs)
  return {
    inputs,
    outputs,
    paddedInputs: inputs,
    paddedOutputs,
    apply(x, offset, y) {
      for (let k = 0; k < inputs; k++) {
        const value = x[k] * GRID + ROUNDING - ROUNDING
        high[k] = Math.floor(value / DIGIT)
        low[k] = value - high[k] * DIGIT
      }
      product(packs, paddedOutputs, high, low, scale, offset, y)
    },
  }
}

const sums = new Float64Array(2 * PACKS)

/** y = offset + scale × (W · value), eight outputs at a time. */
function product(
  packs: Float64Array,
  outputs: number,
  high: Float64Array,
  low: Float64Array,
  scale: Float64Array,
  offset: Float64Array,
  y: Float64Array,
): void {
  const inputs = high.length
  let at = 0
  for (let row = 0; row < outputs; row += 2 * PACKS) {
    sums.fill(0)
    for (let k = 0; k < inputs; ) {
      const end = Math.min(k + BLOCK, inputs)
      let high0 = 0
      let high1 = 0
      let high2 = 0
      let high3 = 0
      let low0 = 0
      let low1 = 0
      let low2 = 0
      let low3 = 0
      for (; k < end; k++) {
        const a = high[k]
        const b = low[k]
        const w0 = packs[at]
        const w1 = packs[at + 1]
        const w2 = packs[at + 2]
        const w3 = packs[at + 3]
        at += PACKS
        high0 += w0 * a
        high1 += w1 * a
        high2 += w2 * a
        high3 += w3 * a
        low0 += w0 * b
        low1 += w1 * b
        low2 += w2 * b
        low3 += w3 * b
      }
      addFields(0, high0, low0)
      addFields(2, high1, low1)
      addFields(4, high2, low2)
      addFields(6, high3, low3)
    }
    for (let n = 0; n < 2 * PACKS; n++) y[row + n] = offset[row + n] + scale[row + n] * sums[n]
  }
}

/** Adds what the two fields of both digits' sums hold to two outputs. */
function addFields(n: number, high: number, low: number): void {
  const upperOfHigh = high / FIELD + ROUNDING - ROUNDING
  const upperOfLow = low / FIELD + ROUNDING - ROUNDING
  sums[n] += (high - FIELD * upperOfHigh) * DIGIT + (low - FIELD * upperOfLow)
  sums[n + 1] += upperOfHigh * DIGIT + upperOfLow
}

/** (inputs, outputs) -> panels of eight outputs: for every input four packs of two. */
function pack(weights: Int8Array, inputs: number, outputs: number, paddedOutputs: number): Float64Array {
  const packs = new Float64Array((paddedOutputs / 2) * inputs)
  const panel = PACKS * inputs
  for (let k = 0; k < inputs; k++)
    for (let output = 0; output < outputs; output++) {
      const at = (output >> 3) * panel + k * PACKS + ((output & 7) >> 1)
      packs[at] += weights[k * outputs + output] * (output & 1 ? FIELD : 1)
    }
  return packs
}
