/** An array of numbers with a shape, row-major, as stored in a weights file. */
export type Tensor = Int8Tensor | Float32Tensor

/** A quantized tensor, one byte per value: value = data × scale[column]. */
export interface Int8Tensor {
  readonly dtype: 'int8'
  readonly shape: readonly number[]
  /** (columns), ≥ 0 */
  readonly scale: Float64Array
  readonly data: Int8Array
}

export interface Float32Tensor {
  readonly dtype: 'float32'
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** Returns the number of values: the product of the shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Returns the size of the last dimension. */
export function columnsOf(shape: readonly number[]): number {
  return shape[shape.length - 1]
}

/** Rounds a size up to a multiple. */
export function roundUp(size: number, multiple: number): number {
  return Math.ceil(size / multiple) * multiple
}

/** Returns the values as float32, row-major. */
export function dequantize(tensor: Tensor): Float32Array {
  if (tensor.dtype === 'float32') return tensor.data
  const { data, scale } = tensor
  const columns = scale.length
  const values = new Float32Array(data.length)
  for (let row = 0; row < data.length; row += columns)
    for (let column = 0; column < columns; column++) values[row + column] = data[row + column] * scale[column]
  return values
}

/** Quantizes to the nearest int8 tensor, with one scale per column so that its values span −127…127. */
export function quantize(tensor: Tensor): Int8Tensor {
  if (tensor.dtype === 'int8') return tensor
  const { shape, data: values } = tensor
  const columns = columnsOf(shape)
  const scale = new Float64Array(columns)
  for (let n = 0; n < values.length; n++) scale[n % columns] = Math.max(scale[n % columns], Math.abs(values[n]) / 127)
  const data = Int8Array.from(values, (value, n) => Math.round(value / (scale[n % columns] || 1)))
  return { dtype: 'int8', shape, scale, data }
}
