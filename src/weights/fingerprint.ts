import type { Weights } from './file.ts'

/**
 * Returns eight hexadecimal digits that identify a network, so that data computed for it (the order of its cells, for example)
 * is not used with another. FNV-1a (Fowler, Noll, and Vo 1991) over names, shapes, and values of the tensors: protects
 * against mistakes, not against malice.
 */
export function fingerprint({ tensors }: Weights): string {
  let hash = 0x811c9dc5
  const take = (bytes: ArrayLike<number>) => {
    for (let n = 0; n < bytes.length; n++) hash = Math.imul(hash ^ bytes[n], 0x01000193)
  }
  for (const [name, tensor] of Object.entries(tensors).sort(([a], [b]) => (a < b ? -1 : 1))) {
    take(Array.from(`${name} ${tensor.dtype} ${tensor.shape}`, (character) => character.charCodeAt(0)))
    const numbers = tensor.dtype === 'int8' ? [tensor.scale, tensor.data] : [tensor.data]
    for (const { buffer, byteOffset, byteLength } of numbers) take(new Uint8Array(buffer, byteOffset, byteLength))
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
