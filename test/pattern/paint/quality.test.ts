import { describe, expect, test } from 'vitest'
import { COLOR_MODELS, patternFromRecipe, type Recipe } from '../../../src/api/pattern.ts'
import { previewEngine } from '../../../src/pattern/network/wasm-engine.ts'
import { createPainter } from '../../../src/pattern/paint/painter.ts'
import { painterFor } from '../../../src/pattern/paint/quality.ts'
import type { RecipeFile } from '../../../src/pattern/recipe/recipe.ts'
import { assortedRecipes, recipe } from '../../fixtures/recipes.ts'

const size = { width: 48, height: 32 }

function painted(painter: ReturnType<typeof createPainter>): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(4 * size.width * size.height)
  painter.paint(size, bytes)
  return bytes
}

/** How far every byte of some pictures is from the exact one, of 255, ascending. */
function errors(recipes: readonly Recipe[]): number[] {
  return recipes
    .flatMap((recipe) => {
      const pattern = patternFromRecipe(recipe)
      const exact = painted(createPainter(pattern))
      return Array.from(painted(painterFor(pattern, 'preview')), (byte, k) => Math.abs(byte - exact[k]))
    })
    .sort((a, b) => a - b)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('the swift painter', () => {
  const recipes = assortedRecipes(240, 5)

  test('is there in Node', () => {
    expect(previewEngine()).toBeDefined()
  })

  test.each(COLOR_MODELS)('is off by a 255th in one byte of a hundred at most: 40 pictures, %s', (color) => {
    const all = errors(recipes.filter((recipe) => recipe.color === color))
    expect(mean(all)).toBeLessThan(0.05)
    expect(all[Math.floor(0.99 * all.length)]).toBeLessThanOrEqual(1)
    expect(all[all.length - 1]).toBeGreaterThan(0) // it is another painter than the exact one
  })

  test('is right far from the middle, with large latent numbers, and at the sizes where layers are padded', () => {
    const all = errors([
      recipe({ view: { center: [10, -10], zoom: 64 } }),
      recipe({ activations: ['sine'], latent: [100, -100], frequency: 64 }),
      recipe({ activations: ['softplus', 'gaussian', 'relu', 'sine', 'tanh', 'mixed'] }),
      ...[2, 3, 5, 7, 63, 64].map((size) => recipe({ size, depth: 3, alpha: 'straight' })),
    ])
    expect(mean(all)).toBeLessThan(0.1)
    expect(all[Math.floor(0.99 * all.length)]).toBeLessThanOrEqual(1)
  })

  const steep: Partial<RecipeFile>[] = [
    { activations: ['sine'], gain: 8, depth: 12 },
    { activations: ['gaussian'], depth: 32 },
    { activations: ['tanh'], gain: 8, depth: 32 },
  ]
  test.each(steep)('leaves what would be another picture in float32 to the exact one: %j', (fields) => {
    const pattern = patternFromRecipe(recipe(fields))
    const exact = painted(createPainter(pattern))
    const float32 = painted(createPainter(pattern, previewEngine()))
    expect(mean(Array.from(float32, (byte, k) => Math.abs(byte - exact[k])))).toBeGreaterThan(1)
    expect(painted(painterFor(pattern, 'preview'))).toEqual(exact)
  })
})
