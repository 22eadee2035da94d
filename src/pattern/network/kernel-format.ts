import { KERNEL } from '../../kernels/generated/pattern.ts'
import { KERNEL as PREVIEW_KERNEL } from '../../kernels/generated/pattern-preview.ts'
import { roundUp } from '../../math/tensor.ts'
import { curves } from './activation.ts'
import type { Curve } from './lookup-curve.ts'
import type { PackedLayer } from './packed.ts'

/** The number format and data layout that a kernel expects in its memory. */
export interface KernelFormat {
  /** the compiled kernel, in hexadecimal digits */
  readonly kernel: string
  readonly Numbers: Float64ArrayConstructor | Float32ArrayConstructor
  /** outputs of a layer that are computed together */
  readonly rows: number
  /** Lays out a curve for an address: low, density, pieces, the location of the table, and the table. */
  curve(curve: Curve, address: number): Float64Array
  /** Lays out the weights of a layer. */
  weights(layer: PackedLayer): Float64Array
}

/** Pairs of float64: the operations of the plain engine in the same order, and so the same bits. */
export const EXACT_FORMAT: KernelFormat = {
  kernel: KERNEL,
  Numbers: Float64Array,
  rows: 2,
  curve: ({ low, density, pieces, table }, address) =>
    Float64Array.of(low, density, pieces, 2 ** 47 + (address + 32) / 32, ...table),
  weights: ({ weights }) => weights,
}

// tanh in the preview kernel: low, high and the coefficients of the minimax rational function, with errors up to 4.3e-5
// in −5…5 and 1.3e-4 outside.
const TANH = [-5, 5, 79.1045811, 8.04827093, 0.0518182351, 79.1196051, 34.377763]

/** Groups of four float32, with linear pieces for curves: more than twice as fast, with errors of about 1/255. */
export const PREVIEW_FORMAT: KernelFormat = {
  kernel: PREVIEW_KERNEL,
  Numbers: Float32Array,
  rows: 4,
  curve(curve, address) {
    if (curve === curves.tanh) return Float64Array.from(TANH)
    const { low, density, pieces, table } = curve
    const numbers = Float64Array.of(
      low,
      density,
      pieces,
      2 ** 20 + (address + 16) / 8,
      ...new Float64Array(2 * pieces + 2),
    )
    // Connect the ends of each cubic piece by a line.
    for (let n = 0, k = 0; n <= pieces; n++, k += 4)
      numbers.set([table[k], table[k + 1] + table[k + 2] + table[k + 3]], 4 + 2 * n)
    return numbers
  },
  weights({ inputs, outputs, weights }) {
    // (outputs, inputs) to (outputs / 4, inputs, 4)
    const packed = new Float64Array(inputs * roundUp(outputs, 4))
    for (let row = 0; row < outputs; row++)
      for (let column = 0; column < inputs; column++)
        packed[((row >> 2) * inputs + column) * 4 + (row & 3)] = weights[row * inputs + column]
    return packed
  },
}
