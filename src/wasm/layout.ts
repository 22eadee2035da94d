import { roundUp } from '../linear.ts'
import { columnsOf, type Int8Tensor, sizeOf } from '../tensor.ts'
import type { Kernel } from './kernel-instance.ts'

/** The outputs that the kernel takes at a time. */
export const PANEL = 16

/** Deals out a memory from address 0 on, one array after the other, each aligned for 16-byte loads. */
export class Layout {
  bytes = 0

  /** The address of a new array. */
  reserve(bytes: number): number {
    const address = this.bytes
    this.bytes = roundUp(address + bytes, 16)
    return address
  }
}

/** Where the panels of a matrix are made. */
interface Panels {
  kernel: Kernel
  buffer: ArrayBuffer
  /** two rows of outputs, padded, to work in */
  rows: number
  /** what is written: padded outputs × inputs, rounded up to pairs */
  panels: number
}

/**
 * (inputs, outputs) -> panels of 16 outputs: for every pair of inputs 16 × (first, second).
 * @param parts of the outputs, each of which begins a panel
 */
export function pack({ shape, data }: Int8Tensor, parts: number, { kernel, buffer, rows, panels }: Panels): void {
  const outputs = columnsOf(shape)
  const inputs = sizeOf(shape) / outputs
  const part = outputs / parts
  const stride = roundUp(part, PANEL)
  const step = PANEL * roundUp(inputs, 2)
  const row = parts * stride
  const both = new Int8Array(buffer, rows, 2 * row).fill(0)
  for (let k = 0; k < inputs; k += 2) {
    if (k + 1 === inputs) both.fill(0, row) // an odd one has no second
    for (let n = 0; n < 2 && k + n < inputs; n++)
      for (let p = 0; p < parts; p++) {
        const from = (k + n) * outputs + p * part
        both.set(data.subarray(from, from + part), n * row + p * stride)
      }
    kernel.packPair(rows, rows + row, panels + k * PANEL, step, row / PANEL)
  }
}

/** Every part of the values from the beginning of a panel on, as `pack` places outputs. */
export function spread(values: Float32Array | Float64Array, parts: number, out: Float64Array | Float32Array): void {
  const part = values.length / parts
  const stride = roundUp(part, PANEL)
  for (let p = 0; p < parts; p++) out.set(values.subarray(p * part, (p + 1) * part), p * stride)
}
