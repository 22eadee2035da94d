import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileKernel } from '../../scripts/build/kernel.ts'
import { root } from '../../scripts/build/root.ts'
import { createPainter, patternFromRecipe } from '../../src/pattern/index.ts'
import { plainEngine } from '../../src/pattern/plain.ts'
import { simdEngine } from '../../src/pattern/simd.ts'
import { assortedRecipes, recipe } from './recipes.ts'

const tile = { width: 37, height: 23 }

function painted(painter: ReturnType<typeof createPainter>): Buffer {
  const bytes = new Uint8ClampedArray(tile.width * tile.height * 4)
  painter.paint(tile, bytes)
  return Buffer.from(bytes.buffer)
}

test.each(['pattern-kernel.ts', 'swift-kernel.ts'] as const)(
  '%s is compiled from the one that is read',
  async (file) => {
    expect(readFileSync(join(root, 'src/wasm', file), 'utf8')).toBe(await compileKernel(file))
  },
)

describe('the engine in WebAssembly', () => {
  const simd = simdEngine()

  test('is there in Node', () => {
    expect(simd).toBeDefined()
  })

  test('has the bits of the one in plain TypeScript', () => {
    const recipes = [
      ...assortedRecipes(40, 11),
      recipe({ size: 64, depth: 32 }),
      recipe({ size: 2, depth: 1, inputs: ['r'] }),
      recipe({ activations: ['relu'], depth: 32, frequency: 64, gain: 8 }),
      recipe({ activations: ['sine'], latent: [100, -100], frequency: 64 }),
      recipe({ activations: ['softplus', 'gaussian'], view: { center: [1000, -1000], zoom: 1 / 1024 } }),
    ]
    for (const recipe of recipes) {
      const pattern = patternFromRecipe(recipe)
      const plain = painted(createPainter(pattern, plainEngine))
      expect(painted(createPainter(pattern, simd)).equals(plain), JSON.stringify(recipe)).toBe(true)
    }
  })

  test('serves many painters in turn out of one memory', () => {
    const patterns = [3, 64, 5, 33].map((size) => patternFromRecipe(recipe({ size, depth: 3 })))
    const expected = patterns.map((pattern) => painted(createPainter(pattern, plainEngine)))
    const painters = patterns.map((pattern) => createPainter(pattern, simd))
    for (let round = 0; round < 3; round++)
      for (const [n, painter] of painters.entries())
        expect(painted(painter).equals(expected[n]), `round ${round}, painter ${n}`).toBe(true)
  })
})
