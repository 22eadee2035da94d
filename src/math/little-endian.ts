// DataView, because files are little-endian and the machine that reads them may not be.

/** Reads little-endian float32 values. @param bytes a multiple of 4 long, at any offset in its buffer */
export function float32FromBytes(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return Float32Array.from({ length: bytes.length / 4 }, (_, n) => view.getFloat32(4 * n, true))
}

/** Writes values as little-endian float32. */
export function bytesFromFloat32(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (let n = 0; n < values.length; n++) view.setFloat32(4 * n, values[n], true)
  return new Uint8Array(view.buffer)
}
