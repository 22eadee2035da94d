/** The keyword of the text chunk that contains the recipe. */
export const PNG_KEYWORD = 'longhand-pattern'

export const SIGNATURE = /* @__PURE__ */ Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Writes a chunk: length, type, data, checksum. */
export function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  bytes.set(bytesFromText(type), 4)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes, 4, 8 + data.length))
  return bytes
}

const CRC_TABLE = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1
  return rest
})

/** Computes the CRC-32 (ISO/IEC 15948, annex D) of bytes[from…to−1]. */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
  let rest = 0xffffffff
  for (let k = from; k < to; k++) rest = (rest >>> 8) ^ CRC_TABLE[(rest ^ bytes[k]) & 255]
  return (rest ^ 0xffffffff) >>> 0
}

/** Encodes ASCII: chunk types, keywords and recipes have nothing else. */
export function bytesFromText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export function textFromBytes(bytes: Uint8Array): string {
  let text = ''
  for (let n = 0; n < bytes.length; n += 4096) text += String.fromCharCode(...bytes.subarray(n, n + 4096))
  return text
}
