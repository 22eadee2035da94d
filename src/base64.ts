/** Base64 (RFC 4648) to bytes. Throws whatever `atob` throws when the text is no base64. */
export function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
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
