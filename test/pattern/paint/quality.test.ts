import { describe, expect, test } from 'vitest'
import { COLOR_MODELS, networkFromRecipe, patternFromRecipe, type Recipe } from '../../../src/api/pattern.ts'
import { previewEngine } from '../../../src/pattern/network/wasm-engine.ts'
import { createPainter } from '../../../src/pattern/paint/painter.ts'
import { painterFor, previewQuality } from '../../../src/pattern/paint/quality.ts'
import type { RecipeFile } from '../../../src/pattern/recipe/recipe.ts'
import { assortedRecipes, recipe } from '../../fixtures/recipes.ts'

const size = { width: 48, height: 32 }

function painted(painter: ReturnType<typeof createPainter>): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(4 * size.width * size.height)
  painter.paint(size, bytes)
  return bytes
}

/** Paints a preview as the page does. */
function preview(recipe: Recipe): Uint8ClampedArray {
  const pattern = patternFromRecipe(recipe)
  return painted(painterFor(pattern, previewQuality(pattern)))
}

/** The differences of all bytes of some previews from the exact pictures, of 255, ascending. */
function errors(recipes: readonly Recipe[]): number[] {
  return recipes
    .flatMap((recipe) => {
      const exact = painted(createPainter(patternFromRecipe(recipe)))
      return Array.from(preview(recipe), (byte, k) => Math.abs(byte - exact[k]))
    })
    .sort((a, b) => a - b)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

describe('a preview', () => {
  const recipes = assortedRecipes(240, 5)

  test('has an engine in Node', () => {
    expect(previewEngine()).toBeDefined()
  })

  test.each(COLOR_MODELS)('differs by at most 1/255 in 99 of 100 bytes: 40 pictures, %s', (color) => {
    const all = errors(recipes.filter((recipe) => recipe.color === color))
    expect(mean(all)).toBeLessThan(0.05)
    expect(all[Math.floor(0.99 * all.length)]).toBeLessThanOrEqual(1)
    expect(all[all.length - 1]).toBeGreaterThan(0) // painted by another engine than the exact picture
  })

  test('is accurate far from the center, with large latent values, and for sizes that need padding', () => {
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
  test.each(steep)('is painted exactly if float32 would give another picture: %j', (fields) => {
    const pattern = patternFromRecipe(recipe(fields))
    const exact = painted(createPainter(pattern))
    const float32 = painted(createPainter(pattern, previewEngine()))
    expect(mean(Array.from(float32, (byte, k) => Math.abs(byte - exact[k])))).toBeGreaterThan(1)
    expect(previewQuality(pattern)).toBe('exact')
    expect(preview(recipe(fields))).toEqual(exact)
  })

  test.each([{}, ...steep])('has one quality for all pictures of a network: %j', (fields) => {
    const first = recipe(fields)
    const network = networkFromRecipe(first)
    const qualities = [-50, -1, 0, 1, 50].flatMap((z) =>
      [1 / 64, 1, 512].map((zoom) =>
        previewQuality(patternFromRecipe({ ...first, latent: [z, 1], view: { center: [0.3, 0], zoom } }, network)),
      ),
    )
    expect(new Set(qualities).size).toBe(1)
  })
})
