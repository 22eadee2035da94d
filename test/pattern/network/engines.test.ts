import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileKernel, generatedFile } from '../../../scripts/build/kernel.ts'
import { decodeDense, encodeDense, patternFromDense, patternFromRecipe } from '../../../src/api/pattern.ts'
import { Random } from '../../../src/math/random.ts'
import { DENSE_ACTIVATIONS } from '../../../src/pattern/dense/dense-network.ts'
import { type Engine, packLayer } from '../../../src/pattern/network/packed.ts'
import { plainEngine } from '../../../src/pattern/network/plain-engine.ts'
import { previewEngine, wasmEngine } from '../../../src/pattern/network/wasm-engine.ts'
import { createPainter } from '../../../src/pattern/paint/painter.ts'
import { painterFor, previewQuality } from '../../../src/pattern/paint/quality.ts'
import { assortedRecipes, recipe } from '../../fixtures/recipes.ts'

const tile = { width: 37, height: 23 }

function painted(painter: ReturnType<typeof createPainter>, size = tile): Buffer {
  const bytes = new Uint8ClampedArray(size.width * size.height * 4)
  painter.paint(size, bytes)
  return Buffer.from(bytes.buffer)
}

test.each(['pattern', 'pattern-preview'] as const)('the generated %s kernel matches its source', async (name) => {
  expect(readFileSync(generatedFile(name), 'utf8')).toBe(await compileKernel(name))
})

describe('the WebAssembly engine', () => {
  const simd = wasmEngine()

  test('is available in Node', () => {
    expect(simd).toBeDefined()
  })

  test('agrees with the plain engine to the bit', () => {
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

  test('serves several painters from one memory', () => {
    const patterns = [3, 64, 5, 33].map((size) => patternFromRecipe(recipe({ size, depth: 3 })))
    const expected = patterns.map((pattern) => painted(createPainter(pattern, plainEngine)))
    const painters = patterns.map((pattern) => createPainter(pattern, simd))
    for (let round = 0; round < 3; round++)
      for (const [n, painter] of painters.entries())
        expect(painted(painter).equals(expected[n]), `round ${round}, painter ${n}`).toBe(true)
  })
})

describe('networks with the largest weights', () => {
  const LARGEST = 1e6 // of a dense network
  const small = { width: 9, height: 7 }
  const shape = fc.record({
    seed: fc.nat(),
    /** range of the weights, as powers of ten */
    powers: fc.constantFrom<[number, number]>([6, 6], [-6, 6], [5, 6]),
    activations: fc.array(fc.constantFrom(...DENSE_ACTIVATIONS), { minLength: 1, maxLength: 4 }),
    units: fc.integer({ min: 1, max: 24 }),
    depth: fc.integer({ min: 0, max: 32 }),
    isPositive: fc.boolean(),
  })
  type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never

  /** Creates a network by way of its file: hidden layers, and three outputs. */
  function network({ seed, powers: [least, most], activations, units, depth, isPositive }: Shape) {
    const random = new Random(seed)
    const numbers = (count: number) =>
      Float32Array.from({ length: count }, () => {
        const size = Math.min(LARGEST, 10 ** (least + (most - least) * random.uniform()))
        return isPositive || random.uniform() < 0.5 ? size : -size
      })
    const layers = Array.from({ length: depth + 1 }, (_, n) => {
      const [inputs, outputs] = [n === 0 ? 3 : units, n === depth ? 3 : units]
      return {
        weights: numbers(inputs * outputs),
        bias: numbers(outputs),
        activation: activations[n % activations.length],
      }
    })
    const about = { name: '', description: '', license: '', attribution: '' }
    const file = encodeDense({ ...about, inputs: ['x', 'y', 'r'], color: 'rgb', alpha: 'none', layers })
    return patternFromDense(decodeDense(file), { center: [0, 0], zoom: 1 / 1024 })
  }

  test('have the same finite outputs in both exact engines', () => {
    /** Wraps an engine, and checks its outputs. */
    const finite =
      (engine: Engine): Engine =>
      (layers) => {
        const pass = engine(layers)
        return (source) => {
          const answers = pass(source)
          expect(answers.every(Number.isFinite)).toBe(true)
          return answers
        }
      }
    fc.assert(
      fc.property(shape, (shape) => {
        const pattern = network(shape)
        const plain = painted(createPainter(pattern, finite(plainEngine)), small)
        expect(painted(createPainter(pattern, finite(wasmEngine() as Engine)), small).equals(plain)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('overflow float32 without a crash, and have exact previews where that shows', () => {
    const deepest: Shape = {
      seed: 1,
      powers: [6, 6],
      units: 128,
      depth: 32,
      activations: ['linear'],
      isPositive: false,
    }
    const pattern = network({ ...deepest, activations: ['linear', 'relu'] })
    const preview = painterFor(pattern, previewQuality(pattern))
    expect(painted(preview, small).equals(painted(createPainter(pattern), small))).toBe(true)
    // Sums of +Infinity and -Infinity are NaN.
    const layers = network(deepest).layers.slice(0, 12)
    for (const activation of DENSE_ACTIVATIONS) {
      const last = layers.at(-1) as (typeof layers)[number]
      const ended = [...layers.slice(0, -1), { ...last, activations: last.activations.map(() => activation) }]
      const answers = (previewEngine() as Engine)(ended.map(packLayer))(new Float64Array(12 * 64).fill(1000))
      const broken = answers.filter((answer) => Number.isNaN(answer)).length
      expect(broken > 0, activation).toBe(activation === 'linear')
    }
  })
})
