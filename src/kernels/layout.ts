import { columnsOf, type Int8Tensor, roundUp, sizeOf } from '../math/tensor.ts'
import type { Kernel } from './instance.ts'

/** The number of outputs that the kernel computes at a time. */
export const PANEL = 16

const RESERVED = 2048 // the first bytes of the memory: the kernel's constants begin at 1024

/** Assigns addresses, one array after the other, each aligned for 16-byte loads. */
export class Layout {
  bytes = RESERVED

  /** Returns the address of a new array. */
  reserve(bytes: number): number {
    const address = this.bytes
    this.bytes = roundUp(address + bytes, 16)
    return address
  }
}

/** Where the panels of a matrix are written. */
interface Panels {
  kernel: Kernel
  buffer: ArrayBuffer
  /** two rows of padded outputs, scratch */
  rows: number
  /** output: padded outputs × inputs, rounded up to pairs */
  panels: number
}

/** Packs (inputs, outputs) into panels of 16 outputs, each with its pairs of inputs, in the format of the kernel's `packPair`. */
export function pack({ shape, data }: Int8Tensor, { kernel, buffer, rows, panels }: Panels): void {
  const outputs = columnsOf(shape)
  const inputs = sizeOf(shape) / outputs
  const row = roundUp(outputs, PANEL)
  const step = PANEL * roundUp(inputs, 2)
  const both = new Int8Array(buffer, rows, 2 * row).fill(0)
  const input = (k: number) => data.subarray(k * outputs, (k + 1) * outputs)
  for (let k = 0; k < inputs; k += 2) {
    both.set(input(k))
    if (k + 1 < inputs) both.set(input(k + 1), row)
    else both.fill(0, row) // an odd last input has no partner
    kernel.packPair(rows, rows + row, panels + k * PANEL, step, row / PANEL)
  }
}

/** Copies rows of values, each padded like the outputs in `pack`. */
export function spread(values: Float32Array | Float64Array, rows: number, out: Float64Array | Float32Array): void {
  const row = values.length / rows
  const stride = roundUp(row, PANEL)
  for (let n = 0; n < rows; n++) out.set(values.subarray(n * row, (n + 1) * row), n * stride)
}
