/** A kernel's bytes from the hexadecimal digits that they are kept as. */
export function bytesOfKernel(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2)
  for (let n = 0; n < bytes.length; n++) bytes[n] = Number.parseInt(digits.slice(2 * n, 2 * n + 2), 16)
  return bytes
}
