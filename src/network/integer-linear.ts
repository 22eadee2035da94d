import { ROUNDING } from '../math/rounding.ts'
import { columnsOf, type Int8Tensor, roundUp, sizeOf } from '../math/tensor.ts'
import type { Linear } from './linear.ts'

const GRID = 2 ** 23 // of hidden states, see `onGrid`
const DIGIT = 2 ** 12
const FIELD = 2 ** 26
const BLOCK = 32 // inputs whose sum 128 × 2¹³ × 32 is no more than half a field
const PACKS = 4
const STEP = 2 // inputs at a time

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
  const paddedInputs = roundUp(inputs, STEP)
  const paddedOutputs = roundUp(outputs, 2 * PACKS)
  const numbers = pack(weights.data, { inputs, outputs, paddedInputs, paddedOutputs })
  const digits = numbers.length
  for (let n = 0; n < 2 * paddedInputs; n++) numbers.push(0)
  const scale = new Float64Array(paddedOutputs)
  scale.set(weights.scale.map((step) => step / GRID))
  return {
    inputs,
    outputs,
    paddedInputs: inputs,
    paddedOutputs,
    apply(x, offset, y) {
      for (let k = 0; k < inputs; k++) {
        const value = x[k] * GRID + ROUNDING - ROUNDING
        const high = Math.floor(value / DIGIT)
        numbers[digits + 2 * k] = high
        numbers[digits + 2 * k + 1] = value - high * DIGIT
      }
      product(numbers, digits, scale, offset, y)
    },
  }
}

const sums = new Float64Array(2 * PACKS)

/**
 * y = offset + scale × (W · value), eight outputs at a time.
 *
 * Packs and digits stand in one array, and an ordinary one: V8 checks at every reading which kind of array it is and where
 * it lies, and for a Float64Array that takes longer than the multiplications.
 * @param numbers packs, and from `digits` on, for every input the high digit and the low one
 */
function product(
  numbers: readonly number[],
  digits: number,
  scale: Float64Array,
  offset: Float64Array,
  y: Float64Array,
): void {
  const outputs = scale.length
  const last = numbers.length
  let at = 0
  for (let row = 0; row < outputs; row += 2 * PACKS) {
    sums.fill(0)
    for (let k = digits; k < last; ) {
      const end = Math.min(k + 2 * BLOCK, last)
      let high0 = 0
      let high1 = 0
      let high2 = 0
      let high3 = 0
      let low0 = 0
      let low1 = 0
      let low2 = 0
      let low3 = 0
      // `| 0` says that no sum of addresses becomes larger than an integer
      for (; k < end; k = (k + 2 * STEP) | 0) {
        const a = numbers[k]
        const b = numbers[(k + 1) | 0]
        const w0 = numbers[at]
        const w1 = numbers[(at + 1) | 0]
        const w2 = numbers[(at + 2) | 0]
        const w3 = numbers[(at + 3) | 0]
        high0 += w0 * a
        high1 += w1 * a
        high2 += w2 * a
        high3 += w3 * a
        low0 += w0 * b
        low1 += w1 * b
        low2 += w2 * b
        low3 += w3 * b
        const c = numbers[(k + 2) | 0]
        const d = numbers[(k + 3) | 0]
        const w4 = numbers[(at + 4) | 0]
        const w5 = numbers[(at + 5) | 0]
        const w6 = numbers[(at + 6) | 0]
        const w7 = numbers[(at + 7) | 0]
        high0 += w4 * c
        high1 += w5 * c
        high2 += w6 * c
        high3 += w7 * c
        low0 += w4 * d
        low1 += w5 * d
        low2 += w6 * d
        low3 += w7 * d
        at = (at + STEP * PACKS) | 0
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

interface Sizes {
  inputs: number
  outputs: number
  paddedInputs: number
  paddedOutputs: number
}

/** (inputs, outputs) -> panels of eight outputs: for every input four packs of two. */
function pack(weights: Int8Array, { inputs, outputs, paddedInputs, paddedOutputs }: Sizes): number[] {
  const packs = new Float64Array((paddedOutputs / 2) * paddedInputs)
  const panel = PACKS * paddedInputs
  for (let k = 0; k < inputs; k++)
    for (let output = 0; output < outputs; output++) {
      const at = (output >> 3) * panel + k * PACKS + ((output & 7) >> 1)
      packs[at] += weights[k * outputs + output] * (output & 1 ? FIELD : 1)
    }
  const numbers = [0.5] // with a fraction the array is one of float64 from the beginning, whatever the weights are
  numbers.pop()
  for (const number of packs) numbers.push(number)
  return numbers
}
