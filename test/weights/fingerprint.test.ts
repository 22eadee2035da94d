import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { decodeWeights, encodeWeights, fingerprint } from '../../src/index.ts'
import { smallWeights } from '../fixtures/small-weights.ts'

describe('a fingerprint', () => {
  test('is eight hexadecimal digits, the same for the same numbers, whatever they are called', () => {
    const weights = smallWeights(7, 2)
    expect(fingerprint(weights)).toMatch(/^[0-9a-f]{8}$/)
    expect(fingerprint({ ...weights, name: 'another', license: 'none' })).toBe(fingerprint(weights))
    expect(fingerprint(decodeWeights(JSON.parse(JSON.stringify(encodeWeights(weights)))))).toBe(fingerprint(weights))
  })

  test('is another for every other number, size, or way of keeping them', () => {
    const weights = smallWeights(7, 2)
    const { bias } = weights.tensors
    const data = new Float32Array(bias.data)
    data[3] += 1e-6
    const touched = { ...weights, tensors: { ...weights.tensors, bias: { ...bias, dtype: 'float32' as const, data } } }
    const quantised = decodeWeights(encodeWeights(weights, 'int8'))
    const all = [weights, touched, quantised, smallWeights(7, 3), smallWeights(8, 2), smallWeights(7, 2, { seed: 2 })]
    expect(new Set(all.map(fingerprint)).size).toBe(all.length)
  })

  test('of the kit’s weights stands in the order of their cells; npx tsx scripts/cell-order.ts makes it anew', async () => {
    const read = async (name: string) => JSON.parse(await readFile(join(root, 'weights', name), 'utf8'))
    const weights = decodeWeights(await read('handwriting.json'))
    const cells = await read('handwriting.cells.json')
    expect(cells.weights).toBe(fingerprint(weights))
    expect([...cells.order].sort((a, b) => a - b)).toEqual(Array.from({ length: weights.units }, (_, cell) => cell))
    for (const name of ['sign', 'mean', 'deviation']) expect(cells[name]).toHaveLength(weights.units)
  })
})
