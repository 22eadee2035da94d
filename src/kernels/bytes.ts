// Missing in Node 20 and in lib.es2022.
const { fromHex } = Uint8Array as { fromHex?: (digits: string) => Uint8Array<ArrayBuffer> }

/** Decodes a kernel's bytes from hexadecimal digits, 0…9 and a…f. */
export function bytesOfKernel(digits: string): Uint8Array<ArrayBuffer> {
  if (fromHex) return fromHex(digits)
  const bytes = new Uint8Array(digits.length / 2)
  for (let n = 0; n < bytes.length; n++) bytes[n] = 16 * digitAt(digits, 2 * n) + digitAt(digits, 2 * n + 1)
  return bytes
}

function digitAt(digits: string, at: number): number {
  const code = digits.charCodeAt(at)
  return code > 57 ? code - 87 : code - 48
}
