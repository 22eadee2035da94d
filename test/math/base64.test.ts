import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64FromBytes, bytesFromBase64 } from '../../src/math/base64.ts'

test('agrees with Buffer in both directions', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = base64FromBytes(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(bytesFromBase64(text)).toEqual(bytes)
    }),
  )
})

test('encodes every byte', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
  expect(bytesFromBase64(base64FromBytes(bytes))).toEqual(bytes)
  expect(base64FromBytes(Uint8Array.of(0, 127, 128, 255))).toBe('AH+A/w==')
})

test('encodes a million bytes, and lengths around that of a chunk', () => {
  for (const length of [8191, 8192, 8193, 1_000_000]) {
    const bytes = Uint8Array.from({ length }, (_, n) => n * 7 + (n >> 8))
    expect(Buffer.compare(bytesFromBase64(base64FromBytes(bytes)), bytes)).toBe(0)
  }
})

test('encodes no bytes as an empty string', () => {
  expect(base64FromBytes(new Uint8Array())).toBe('')
  expect(bytesFromBase64('')).toEqual(new Uint8Array())
})

test('throws for text that is not base64', () => {
  for (const text of ['A', 'AA=A', '*', 'AAAA-', '\u0141AAA']) expect(() => bytesFromBase64(text)).toThrow()
})
