import { roundUp } from '../linear.ts'
import { columnsOf, type Int8Tensor, sizeOf } from '../tensor.ts'

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

/** (inputs, outputs) -> panels of 16 outputs: for every pair of inputs 16 × (first, second). */
export function pack({ shape, data }: Int8Tensor, place: (column: number) => number, panels: Int8Array): void {
  const outputs = columnsOf(shape)
  const inputs = sizeOf(shape) / outputs
  const pairs = roundUp(inputs, 2) / 2
  const starts = Int32Array.from({ length: outputs }, (_, column) => {
    const output = place(column)
    return Math.floor(output / PANEL) * PANEL * 2 * pairs + (output % PANEL) * 2
  })
  for (let k = 0; k < inputs; k++) {
    const pair = (k >> 1) * PANEL * 2 + (k & 1)
    for (let column = 0; column < outputs; column++) panels[starts[column] + pair] = data[k * outputs + column]
  }
}

/** Every value to the place of its column. */
export function spread(
  values: ArrayLike<number>,
  place: (column: number) => number,
  out: Float64Array | Float32Array,
): void {
  for (let column = 0; column < values.length; column++) out[place(column)] = values[column]
}
