import { createHash } from 'node:crypto'
import { converter } from 'culori'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Pattern, patternFromRecipe, renderBands } from '../../../src/api/pattern.ts'
import { createPainter, renderTile } from '../../../src/pattern/paint/painter.ts'
import { assortedRecipes, largestDifference, PINNED_BYTES, recipe } from '../../fixtures/recipes.ts'
import { type NaiveNetwork, naiveNetwork, naiveOutputs } from '../../reference/naive-pattern.ts'

const toRgb = converter('rgb')

describe('the CPU renderer', () => {
  const recipes = assortedRecipes(60, 1)
  test.each(recipes.map((recipe, n) => ({ n, recipe, name: `${recipe.color}, ${recipe.activations}` })))(
    'is within 1/255 of the formulas: recipe $n, $name',
    ({ recipe }) => {
      const pattern = patternFromRecipe(recipe)
      const width = 23
      const height = 17
      const bytes = new Uint8ClampedArray(width * height * 4)
      renderTile(pattern, { width, height }, bytes)
      expect(largestDifference(bytes, reference(pattern, width, height)).difference).toBeLessThanOrEqual(1)
    },
  )

  test('paints more than a single color, whatever the activation, size or depth', () => {
    const shapes = [
      ...(['tanh', 'sine', 'softplus', 'relu', 'gaussian', 'mixed'] as const).map((kind) => ({ activations: [kind] })),
      ...[2, 8, 32, 64].map((size) => ({ size })),
      ...[1, 3, 12, 32].map((depth) => ({ depth })),
    ]
    for (const shape of shapes) {
      const spreads = Array.from({ length: 8 }, (_, seed) => {
        const bytes = new Uint8ClampedArray(24 * 24 * 4)
        renderTile(patternFromRecipe(recipe({ seed, color: 'rgb', ...shape })), { width: 24, height: 24 }, bytes)
        const channels = [0, 1, 2].map((channel) => bytes.filter((_, k) => k % 4 === channel))
        return Math.max(...channels.map((values) => Math.max(...values) - Math.min(...values)))
      })
      expect(spreads.sort((a, b) => a - b)[4], JSON.stringify(shape)).toBeGreaterThan(60)
    }
  })

  test('gives a pixel the same bytes in every tile', () => {
    const pattern = patternFromRecipe(recipe({ activations: ['mixed'], inputs: ['x', 'y', 'r', 'wave', 'angle'] }))
    const [width, height] = [61, 47]
    const whole = new Uint8ClampedArray(width * height * 4)
    const painter = createPainter(pattern)
    painter.paint({ width, height }, whole)
    const side = (most: number) => fc.integer({ min: 1, max: most })
    fc.assert(
      fc.property(side(width), side(height), fc.nat(width), fc.nat(height), (columns, rows, left, top) => {
        const tile = { left: left % (width - columns + 1), top: top % (height - rows + 1), columns, rows }
        const bytes = new Uint8ClampedArray(columns * rows * 4)
        painter.paint({ width, height, ...tile }, bytes)
        for (let row = 0; row < rows; row++) {
          const begin = ((tile.top + row) * width + tile.left) * 4
          expect(bytes.subarray(row * columns * 4, (row + 1) * columns * 4)).toEqual(
            whole.subarray(begin, begin + columns * 4),
          )
        }
      }),
      { numRuns: 60 },
    )
  })

  test('paints bands that make up the picture', () => {
    const pattern = patternFromRecipe(recipe({ depth: 2 }))
    const [width, height] = [700, 40]
    const whole = new Uint8ClampedArray(width * height * 4)
    renderTile(pattern, { width, height }, whole)
    const joined = new Uint8ClampedArray(whole.length)
    let last = 0
    for (const { top, rows, pixels, done } of renderBands(pattern, width, height)) {
      expect(pixels.length).toBe(rows * width * 4)
      joined.set(pixels, top * width * 4)
      last = done
    }
    expect(last).toBe(1)
    expect(joined).toEqual(whole)
  })

  test('shows the same center at every size, and half as much at twice the zoom', () => {
    const shown = (size: number, zoom: number) => {
      const bytes = new Uint8ClampedArray(size * size * 4)
      renderTile(
        patternFromRecipe(recipe({ view: { center: [0.1, -0.2], zoom } })),
        { width: size, height: size },
        bytes,
      )
      return bytes
    }
    const far = shown(64, 1)
    const near = shown(128, 1)
    const zoomed = shown(64, 2)
    // The center of the larger picture is the zoomed one.
    for (let row = 0; row < 64; row++)
      expect(zoomed.subarray(row * 256, (row + 1) * 256)).toEqual(
        near.subarray((row + 32) * 512 + 128, (row + 32) * 512 + 384),
      )
    expect(largestDifference(zoomed, far).difference).toBeGreaterThan(20)
  })

  test('paints the same bytes on every machine', () => {
    const hash = createHash('sha256')
    for (const recipe of assortedRecipes(12, 7)) {
      const bytes = new Uint8ClampedArray(40 * 30 * 4)
      renderTile(patternFromRecipe(recipe), { width: 40, height: 30 }, bytes)
      hash.update(bytes)
    }
    expect(hash.digest('hex')).toBe(PINNED_BYTES)
  })

  test('refuses sizes out of range and a short buffer', () => {
    const painter = createPainter(patternFromRecipe(recipe()))
    const out = new Uint8ClampedArray(16)
    expect(() => painter.paint({ width: 3, height: 2 }, out)).toThrow('Expected 3 × 2 × 4 = 24 bytes, got 16.')
    for (const width of [0, -1, 1.5, Number.NaN, 16385, 1e9])
      expect(() => painter.paint({ width, height: 1 }, out)).toThrow(RangeError)
    expect(() => renderBands(patternFromRecipe(recipe()), 1e6, 10).next()).toThrow(
      'width: Expected an integer from 1 to 16384, got 1000000.',
    )
  })
})

function reference(pattern: Pattern, width: number, height: number): number[] {
  const network = naiveNetwork(pattern)
  const shorter = Math.min(width, height)
  const bytes: number[] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5 - width / 2) / shorter / pattern.view.zoom + pattern.view.center[0]
      const y = (row + 0.5 - height / 2) / shorter / pattern.view.zoom + pattern.view.center[1]
      bytes.push(...referencePixel(network, x, y))
    }
  return bytes
}

/** Computes a pixel with culori, where it has the color model. */
function referencePixel(network: NaiveNetwork, x: number, y: number): number[] {
  const [a, b, c, d, opacity] = naiveOutputs(network, x, y) as [number, number, number, number, number]
  const { color, hue, alpha } = network.pattern
  const degrees = (turn: number) => 360 * (hue[0] + hue[1] * turn)
  const rgb = (() => {
    switch (color) {
      case 'bw':
        return [a, a, a]
      case 'rgb':
        return [a, b, c]
      case 'cmyk':
        return [a, b, c].map((ink) => (1 - ink) * (1 - d * d))
      case 'hsv':
        return values(toRgb({ mode: 'hsv', h: degrees(a), s: b, v: c }))
      case 'hsl':
        return values(toRgb({ mode: 'hsl', h: degrees(a), s: b, l: c }))
      case 'oklch': {
        const l = 0.1 + 0.88 * a
        return values(toRgb({ mode: 'oklch', l, c: 0.22 * Math.sqrt(4 * l * (1 - l)) * b, h: degrees(c) }))
      }
    }
  })()
  const shown = alpha === 'none' ? 1 : alpha === 'soft' ? 0.25 + 0.75 * (1 - Math.abs(2 * opacity - 1)) : opacity
  return [...rgb, shown].map((value) => Math.round(255 * Math.min(1, Math.max(0, value))))
}

function values({ r, g, b }: { r: number; g: number; b: number }): number[] {
  return [r, g, b]
}
