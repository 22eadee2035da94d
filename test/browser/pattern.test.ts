import { createHash } from 'node:crypto'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import { findChromium } from '../../scripts/chromium.ts'
import type * as PublicApi from '../../src/api/pattern.ts'
import {
  type DenseLayer,
  type DenseNetwork,
  encodeDense,
  patternFromDense,
  patternFromRecipe,
  type Recipe,
  type Renderer,
  type TileWorker,
} from '../../src/api/pattern.ts'
import type { createGlPainter } from '../../src/browser/pattern/gl-painter.ts'
import { renderTile, type Tile } from '../../src/pattern/paint/painter.ts'
import { assortedRecipes, largestDifference, PINNED_BYTES, recipe } from '../fixtures/recipes.ts'

// The global `pattern` of a test page: the public API, and two internal parts.
const API = [
  `export * from './src/api/pattern.ts'`,
  `export { createGlPainter } from './src/browser/pattern/gl-painter.ts'`,
  `export { renderTile } from './src/pattern/paint/painter.ts'`,
].join('\n')
declare const pattern: typeof PublicApi & { createGlPainter: typeof createGlPainter; renderTile: typeof renderTile }

let browser: Browser
let script: string

beforeAll(async () => {
  const bundle = build({
    stdin: { contents: API, resolveDir: root },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'pattern',
  })
  browser = await chromium.launch({
    executablePath: findChromium(),
    // WebGL in software, which every machine has
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'],
  })
  script = (await bundle).outputFiles[0]?.text ?? ''
})
afterAll(() => browser?.close())

async function openPage(before = ''): Promise<Page> {
  const page = await browser.newPage()
  await page.setContent('<canvas id="canvas" width="60" height="40"></canvas>')
  await page.addScriptTag({ content: before + script })
  return page
}

describe('the shader', () => {
  const recipes = [
    ...assortedRecipes(54, 2),
    recipe({ size: 64, depth: 3 }),
    recipe({ size: 7, depth: 32, gain: 1.5 }),
    ...Array.from({ length: 8 }, (_, seed) => recipe({ seed })),
  ]

  test(`is within 2/255 of the CPU renderer on ${recipes.length} recipes`, async () => {
    const page = await openPage()
    const [width, height] = [36, 28]
    const pictures = await page.evaluate(
      ({ recipes, width, height }) => {
        const painter = pattern.createGlPainter()
        if (!painter) throw new Error('Expected WebGL2, got none.')
        return recipes.map((recipe) => {
          const out = new Uint8ClampedArray(width * height * 4)
          if (!painter.read(pattern.patternFromRecipe(recipe), { width, height }, out)) throw new Error('lost')
          return [...out]
        })
      },
      { recipes, width, height },
    )
    for (const [n, recipe] of recipes.entries()) {
      const bytes = new Uint8ClampedArray(width * height * 4)
      renderTile(patternFromRecipe(recipe), { width, height }, bytes)
      const { difference, at } = largestDifference(bytes, pictures[n])
      expect(difference, `${n}, pixel ${at}: ${JSON.stringify(recipe)}`).toBeLessThanOrEqual(2)
    }
    await page.close()
  })

  test('agrees with the CPU renderer on sums that are too large for float32, and on their differences', async () => {
    const layer = (activation: DenseLayer['activation'], weights: number[], bias: number[]): DenseLayer => ({
      weights: Float32Array.from(weights, (weight) => 1e6 * weight),
      bias: Float32Array.from(bias),
      activation,
    })
    const about = { name: '', description: '', license: '', attribution: '' }
    // Red is on the right, green at the bottom, and blue is the difference of two equal, very large numbers.
    const networks = (['relu', 'softplus', 'linear'] as const).map(
      (hidden): DenseNetwork => ({
        ...about,
        inputs: ['x', 'y'],
        color: 'rgb',
        alpha: 'none',
        layers: [
          layer(hidden, [1, 0, 0, 1, 1, 0], [0, 0, 0]),
          ...Array.from({ length: 20 }, () => layer(hidden, [1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0])),
          layer('sigmoid', [1, 0, 0, 0, 1, 0, 1, 0, -1], [-1, -1, 0]),
        ],
      }),
    )
    const page = await openPage()
    const [width, height] = [20, 16]
    const pictures = await page.evaluate(
      ({ files, width, height }) => {
        const painter = pattern.createGlPainter()
        return files.map((file) => {
          const out = new Uint8ClampedArray(width * height * 4)
          painter?.read(pattern.patternFromDense(pattern.decodeDense(file)), { width, height }, out)
          return [...out]
        })
      },
      { files: networks.map(encodeDense), width, height },
    )
    for (const [n, network] of networks.entries()) {
      const bytes = new Uint8ClampedArray(width * height * 4)
      renderTile(patternFromDense(network), { width, height }, bytes)
      expect([...bytes.subarray(-4)]).toEqual([255, 255, 128, 255])
      expect(largestDifference(bytes, pictures[n]).difference).toBeLessThanOrEqual(2)
    }
    await page.close()
  })

  test('paints a tile with the pixels of the picture', async () => {
    const page = await openPage()
    const [whole, tile] = await page.evaluate(
      (recipe) => {
        const painter = pattern.createGlPainter()
        const read = (tile: Tile, length: number) => {
          const out = new Uint8ClampedArray(length)
          painter?.read(pattern.patternFromRecipe(recipe), tile, out)
          return [...out]
        }
        return [
          read({ width: 30, height: 20 }, 2400),
          read({ width: 30, height: 20, left: 7, top: 3, columns: 11, rows: 5 }, 220),
        ] as const
      },
      recipe({ seed: 5 }),
    )
    const cut = Array.from({ length: 5 }, (_, row) => whole.slice(((row + 3) * 30 + 7) * 4, ((row + 3) * 30 + 18) * 4))
    expect(largestDifference(tile, cut.flat()).difference).toBeLessThanOrEqual(1)
    await page.close()
  })
})

test.each([
  ['WebAssembly', ''],
  ['plain TypeScript', 'delete globalThis.WebAssembly;'],
])('the CPU renderer paints the same bytes in Chromium as in Node, with %s', async (_, before) => {
  const page = await openPage(before)
  const pictures = await page.evaluate(
    (recipes) =>
      recipes.map((recipe) => {
        const bytes = new Uint8ClampedArray(40 * 30 * 4)
        pattern.renderTile(pattern.patternFromRecipe(recipe), { width: 40, height: 30 }, bytes)
        return [...bytes]
      }),
    assortedRecipes(12, 7),
  )
  const hash = createHash('sha256')
  for (const bytes of pictures) hash.update(Uint8Array.from(bytes))
  expect(hash.digest('hex')).toBe(PINNED_BYTES)
  await page.close()
})

const shown = recipe({ seed: 9, color: 'rgb' })

describe('a renderer of a canvas', () => {
  test('paints with WebGL2, and with the CPU while the context is lost', async () => {
    const page = await openPage()
    const seen = await page.evaluate(async (recipe) => {
      const canvas = document.querySelector('canvas') as HTMLCanvasElement
      const contexts: WebGL2RenderingContext[] = []
      const getContext = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: [string]) {
        const context = getContext.apply(this, args as never)
        if (context instanceof WebGL2RenderingContext) contexts.push(context)
        return context
      } as typeof getContext
      const kinds: string[] = []
      let wake = () => {}
      const nextKind = () => new Promise<void>((resolve) => (wake = resolve))
      const renderer = pattern.createRenderer(canvas, {
        prefer: 'webgl2',
        onKind(kind) {
          kinds.push(kind)
          wake()
        },
      })
      const pixels = () => [...(canvas.getContext('2d')?.getImageData(0, 0, 60, 40).data ?? [])]
      renderer.draw(pattern.patternFromRecipe({ ...recipe, seed: 8 }))
      renderer.draw(pattern.patternFromRecipe(recipe))
      const first = { kind: renderer.kind, pixels: pixels() }
      const loser = contexts[0]?.getExtension('WEBGL_lose_context')
      const lost = nextKind()
      loser?.loseContext()
      await lost
      canvas.getContext('2d')?.clearRect(0, 0, 60, 40)
      renderer.draw(pattern.patternFromRecipe(recipe))
      const between = { kind: renderer.kind, pixels: pixels() }
      const restored = nextKind()
      // A context can be restored only after the event of its loss.
      setTimeout(() => loser?.restoreContext(), 50)
      await restored
      return { kinds, pictures: [first, between, { kind: renderer.kind, pixels: pixels() }] }
    }, shown)
    expect(seen.kinds).toEqual(['cpu', 'webgl2'])
    expect(seen.pictures.map(({ kind }) => kind)).toEqual(['webgl2', 'cpu', 'webgl2'])
    for (const { kind, pixels } of seen.pictures)
      expect(largestDifference(pixels, painted(shown)).difference, kind).toBeLessThanOrEqual(2)
    await page.close()
  })

  test('paints with the CPU where there is no WebGL2', async () => {
    const page = await openPage(
      `const all = HTMLCanvasElement.prototype.getContext
       HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
         return kind === 'webgl2' ? null : all.call(this, kind, ...rest)
       };`,
    )
    const seen = await page.evaluate(async (recipe) => {
      const canvas = document.querySelector('canvas') as HTMLCanvasElement
      const renderer = await new Promise<Renderer>((resolve) => {
        const renderer = pattern.createRenderer(canvas, {
          onProgress(done) {
            if (done === 1) queueMicrotask(() => resolve(renderer))
          },
        })
        renderer.draw(pattern.patternFromRecipe(recipe))
      })
      return { kind: renderer.kind, pixels: [...(canvas.getContext('2d')?.getImageData(0, 0, 60, 40).data ?? [])] }
    }, shown)
    expect(seen.kind).toBe('cpu')
    expect(largestDifference(seen.pixels, painted(shown)).difference).toBe(0)
    await page.close()
  })

  test('shows a preview of a large picture first, and gives up an outdated one', async () => {
    const page = await openPage()
    const large = { width: 250, height: 160 }
    const seen = await page.evaluate(
      async ({ recipe, width, height }) => {
        const canvas = document.querySelector('canvas') as HTMLCanvasElement
        Object.assign(canvas, { width, height })
        const steps: number[] = []
        let finish = () => {}
        const finished = new Promise<void>((resolve) => (finish = resolve))
        const renderer = pattern.createRenderer(canvas, {
          prefer: 'cpu',
          onProgress(done) {
            steps.push(done)
            if (done === 1) finish()
          },
        })
        renderer.draw(pattern.patternFromRecipe({ ...recipe, seed: 8 }))
        renderer.draw(pattern.patternFromRecipe(recipe))
        const bottom = canvas.getContext('2d')?.getImageData(width / 2, height - 1, 1, 1).data[3]
        await finished
        return { steps, bottom, pixels: [...(canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [])] }
      },
      { recipe: shown, ...large },
    )
    expect(seen.bottom).toBe(255) // painted to the bottom within the first frame
    expect(seen.steps.slice(0, 2)).toEqual([0, 0])
    expect(seen.steps.slice(1)).toEqual([...seen.steps.slice(1)].sort((a, b) => a - b))
    expect(largestDifference(seen.pixels, painted(shown, large)).difference).toBe(0)
    await page.close()
  })
})

test('the page continues to paint if a worker hangs', async () => {
  const page = await openPage()
  const large = { width: 250, height: 160 }
  const seen = await page.evaluate(
    async ({ recipe, width, height }) => {
      const canvas = document.querySelector('canvas') as HTMLCanvasElement
      Object.assign(canvas, { width, height })
      const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = () => { for (;;); }'])))
      let asked = 0
      const hanging: TileWorker = (pattern, tile, quality) =>
        new Promise((resolve) => {
          asked++
          worker.onmessage = ({ data }) => resolve(data)
          worker.postMessage({ pattern, tile, quality })
        })
      let finish = () => {}
      const finished = new Promise<void>((resolve) => (finish = resolve))
      const renderer = pattern.createRenderer(canvas, {
        prefer: 'cpu',
        workers: async () => [hanging],
        onProgress(progress) {
          if (asked > 0 && progress === 1) finish()
        },
      })
      // Draw until the worker is used: until it is ready, the page paints alone.
      while (asked === 0) {
        renderer.draw(pattern.patternFromRecipe(recipe))
        await new Promise(requestAnimationFrame)
      }
      await finished
      worker.terminate()
      return [...(canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [])]
    },
    { recipe: shown, ...large },
  )
  expect(largestDifference(seen, painted(shown, large)).difference).toBe(0)
  await page.close()
})

function painted(recipe: Recipe, { width, height } = { width: 60, height: 40 }): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(width * height * 4)
  renderTile(patternFromRecipe(recipe), { width, height }, bytes)
  return bytes
}
