import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { decode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { root } from '../../../scripts/build/root.ts'
import {
  decodeRecipe,
  networkFromRecipe,
  patternFromRecipe,
  RecipeError,
  recipeFromAddress,
  recipeFromPng,
  recipeFromSeed,
  recipeFromText,
  recipeText,
  recipeToAddress,
} from '../../../src/api/pattern.ts'
import { renderTile } from '../../../src/pattern/paint/painter.ts'
import { assortedRecipes, recipe } from '../../fixtures/recipes.ts'

const file = { format: 'longhand-pattern', version: 1, seed: 3 }

describe('a recipe', () => {
  test('has the defaults of version 1', () => {
    expect(decodeRecipe(file)).toEqual({
      format: 'longhand-pattern',
      version: 1,
      seed: 3,
      size: 16,
      depth: 6,
      activations: ['tanh'],
      inputs: ['x', 'y', 'r'],
      latent: [0, 0],
      frequency: 5,
      gain: 2.5,
      contrast: 2,
      center: [0, 0],
      folds: 1,
      color: 'oklch',
      hue: [0.25, -0.55],
      alpha: 'none',
      view: { center: [0, 0], zoom: 1 },
    })
    expect(recipeFromSeed(3)).toEqual(decodeRecipe(file))
  })

  test('is restored from its text and from its address', () => {
    for (const recipe of assortedRecipes(60, 5)) {
      expect(recipeFromText(recipeText(recipe))).toEqual(recipe)
      expect(recipeFromAddress(`#${recipeToAddress(recipe)}`)).toEqual(recipe)
    }
  })

  test('has a readable address without defaults', () => {
    expect(recipeToAddress(recipeFromSeed(3))).toBe('pattern=1&seed=3')
    expect(recipeToAddress(recipe({ latent: [0.5, -1], view: { zoom: 2 }, color: 'rgb' }))).toBe(
      'pattern=1&seed=1&z=0.5,-1&color=rgb&zoom=2',
    )
    expect(recipeToAddress(recipe({ latent: [] }))).toBe('pattern=1&seed=1&z=')
    expect(recipeFromAddress('#pattern=1&seed=1&z=0.5%2C-1&utm=x&zoom=2')).toEqual(
      recipe({ latent: [0.5, -1], view: { zoom: 2 } }),
    )
    expect(recipeFromAddress('')).toBeUndefined()
    expect(recipeFromAddress('#about')).toBeUndefined()
  })

  test.each([
    [{}, 'format: Expected "longhand-pattern", got nothing.'],
    [{ ...file, version: 2 }, 'version: Expected 1, got 2.'],
    [{ ...file, seed: undefined }, 'seed: Expected an integer from 0 to 4294967295, got nothing.'],
    [{ ...file, size: 65 }, 'size: Expected an integer from 2 to 64, got 65.'],
    [{ ...file, size: 1e9 }, 'size: Expected an integer from 2 to 64, got 1000000000.'],
    [{ ...file, depth: 2.5 }, 'depth: Expected an integer from 1 to 32, got 2.5.'],
    [{ ...file, gain: Number.NaN }, 'gain: Expected a number from 0.1 to 8, got NaN.'],
    [{ ...file, activations: [] }, 'activations: Expected a list of 1 to 32 items, got 0.'],
    [
      { ...file, activations: ['tanh', 'cube'] },
      'activations.1: Expected one of tanh, sine, softplus, relu, gaussian, mixed, got "cube".',
    ],
    [{ ...file, inputs: ['x', 'x'] }, 'inputs: Expected each input once, got a list.'],
    [{ ...file, latent: Array(65).fill(0) }, 'latent: Expected a list of 0 to 64 items, got 65.'],
    [{ ...file, latent: [0, '1'] }, 'latent.1: Expected a number from -100 to 100, got "1".'],
    [{ ...file, center: [1, 2, 3] }, 'center.2: Expected a list of two numbers, got 3.'],
    [{ ...file, color: 'lab' }, 'color: Expected one of bw, rgb, cmyk, hsv, hsl, oklch, got "lab".'],
    [{ ...file, view: { zoom: 0 } }, 'view.zoom: Expected a number from 0.0009765625 to 1024, got 0.'],
    [{ ...file, view: 3 }, 'view: Expected an object, got 3.'],
    [{ ...file, latent: [Number.POSITIVE_INFINITY] }, 'latent.0: Expected a number from -100 to 100, got Infinity.'],
    [{ ...file, view: { center: [0, Number.NaN] } }, 'view.center.1: Expected a number from -1000 to 1000, got NaN.'],
    [
      JSON.parse('{"__proto__": {"format": "longhand-pattern", "version": 1, "seed": 3}}'),
      'format: Expected "longhand-pattern", got nothing.',
    ],
    [null, 'recipe: Expected an object, got null.'],
    ['seed', 'recipe: Expected an object, got "seed".'],
    [[1, 2], 'recipe: Expected an object, got a list.'],
    [
      { ...file, sead: 4 },
      'recipe: Expected only the fields format, version, seed, size, depth, activations, inputs, latent, frequency, gain, contrast, center, folds, color, hue, alpha, view, got sead.',
    ],
    [{ ...file, view: { zom: 2 } }, 'view: Expected only the fields center, zoom, got zom.'],
  ])('that is broken is refused by field: %j', (json, message) => {
    expect(() => decodeRecipe(json)).toThrow(new RecipeError(message))
  })

  test.each(['eye', 'gold', 'flower'])('in a picture of the README paints it to the bit: %s', (name) => {
    const png = readFileSync(join(root, `sketches/pattern/pictures/${name}.png`))
    const { width, height, channels, data } = decode(png, { checkCrc: true })
    const pixels = new Uint8ClampedArray(4 * width * height)
    renderTile(patternFromRecipe(recipeFromPng(png)), { width, height }, pixels)
    expect(channels).toBe(3)
    expect(Buffer.from(pixels.filter((_, k) => k % 4 < 3)).equals(data as Uint8Array)).toBe(true)
  })

  test('with a million latent values is refused', () => {
    const text = JSON.stringify({ ...file, latent: Array(1e6).fill(0) })
    expect(() => recipeFromText(text)).toThrow('latent: Expected a list of 0 to 64 items, got 1000000.')
  })

  test.each(['__proto__', 'constructor', 'toString'])(
    'with the field %s, which every object inherits, is refused',
    (name) => {
      const text = `{"format":"longhand-pattern","version":1,"seed":3,"${name}":{"size":64}}`
      expect(() => recipeFromText(text)).toThrow(`got ${name}.`)
      expect(() => recipeFromText(text)).toThrow(RecipeError)
      expect(recipeFromAddress(`pattern=1&seed=3&${name}=64`)).toEqual(recipeFromSeed(3))
    },
  )

  test.each([
    [{ seed: 3 }, 'Expected a complete recipe, got one without size.'],
    [{ ...recipeFromSeed(3), view: undefined }, 'Expected a complete recipe, got one without view.'],
    [undefined, 'Expected a recipe, got undefined.'],
  ])('that is incomplete is refused with a hint: %j', (incomplete, message) => {
    const error = new RecipeError(`${message} Create it with recipeFromSeed(seed) or decodeRecipe(json).`)
    expect(() => patternFromRecipe(incomplete as never)).toThrow(error)
    expect(() => patternFromRecipe(incomplete as never, networkFromRecipe(recipeFromSeed(3)))).toThrow(error)
    expect(() => networkFromRecipe(incomplete as never)).toThrow(error)
  })

  test('that is not JSON is refused', () => {
    expect(() => recipeFromText('{')).toThrow(RecipeError)
  })

  test('that is changed at random is a picture or a RecipeError', () => {
    const text = recipeText(recipe({ size: 4, depth: 2 }))
    const keys = Object.keys(JSON.parse(text))
    let decoded = 0
    const attempt = (read: () => unknown) => {
      try {
        const recipe = read()
        if (recipe === undefined) return
        const small = { ...(recipe as ReturnType<typeof decodeRecipe>), size: 4, depth: 2 }
        renderTile(patternFromRecipe(small), { width: 2, height: 2 }, new Uint8ClampedArray(16))
        decoded++
      } catch (error) {
        if (!(error instanceof RecipeError)) throw error
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) =>
        attempt(() => decodeRecipe({ ...JSON.parse(text), [key]: value })),
      ),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), fc.nat(4), (at, put, cut) =>
        attempt(() => recipeFromText(text.slice(0, at) + put + text.slice(at + cut))),
      ),
      { numRuns: 500 },
    )
    const address = recipeToAddress(recipe({ latent: [0.25, -1], folds: 3, view: { zoom: 2 } }))
    fc.assert(
      fc.property(fc.nat(address.length - 1), fc.string({ maxLength: 3 }), fc.nat(4), (at, put, cut) =>
        attempt(() => recipeFromAddress(address.slice(0, at) + put + address.slice(at + cut))),
      ),
      { numRuns: 500 },
    )
    expect(decoded).toBeGreaterThan(50)
  })
})
