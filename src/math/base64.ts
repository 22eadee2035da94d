// Missing in Node 20, and from lib.es2022; several times as fast as a loop that is still cold.
const { fromBase64 } = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }

/** Base64 (RFC 4648) to bytes. Throws whatever `Uint8Array.fromBase64` or `atob` throws when the text is no base64. */
export function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (fromBase64) return fromBase64(text)
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let n = 0; n < bytes.length; n++) bytes[n] = binary.charCodeAt(n)
  return bytes
}

export function base64FromBytes(bytes: Uint8Array): string {
  let binary = ''
  // In pieces: an argument list has a limit, and a string grown byte by byte is slow.
  for (let n = 0; n < bytes.length; n += 8192) binary += String.fromCharCode(...bytes.subarray(n, n + 8192))
  return btoa(binary)
}
