import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dist } from '../../scripts/build/all.ts'
import { root } from '../../scripts/build/root.ts'
import type { Model, Movement, State } from '../../src/index.ts'
import { useBrowser } from './chromium.ts'
import { inkOf } from './ink.ts'

const browser = useBrowser()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-'))
  await Promise.all([
    copyFile(join(dist, 'longhand.js'), join(folder, 'longhand.js')),
    copyFile(join(dist, 'weights/handwriting.js'), join(folder, 'handwriting.js')),
    copyFile(join(root, 'test/fixtures/tutorial/sketch.js'), join(folder, 'sketch.js')),
    copyFile(join(root, 'node_modules/p5/lib/p5.min.js'), join(folder, 'p5-2.min.js')),
    copyFile(join(root, 'node_modules/p5-v1/lib/p5.min.js'), join(folder, 'p5-1.min.js')),
    ...['1', '2'].map((version) => writeFile(join(folder, `p5-${version}.html`), pageOf(`p5-${version}.min.js`))),
    writeFile(join(folder, 'kit.html'), pageOf()),
  ])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function pageOf(p5?: string): string {
  const scripts = p5 ? [p5, 'handwriting.js', 'longhand.js', 'sketch.js'] : ['handwriting.js', 'longhand.js']
  const tags = scripts.map((script) => `<script src="${script}"></script>`).join('\n')
  return `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n${tags}\n</head>\n<body></body>\n</html>\n`
}

const open = (page: string) => browser.open(pathToFileURL(join(folder, page)).href)

describe.each(['1', '2'])('the sketch of the 2016 tutorial, opened from a disk, on p5 %s', (version) => {
  test('writes from left to right, and restarts on a click', async () => {
    const { page, complaints } = await open(`p5-${version}.html`)
    expect(await page.evaluate<string>('p5.VERSION ?? p5.prototype.VERSION')).toMatch(new RegExp(`^${version}\\.`))
    await expect.poll(async () => (await inkOf(page)).count, { timeout: 20_000 }).toBeGreaterThan(300)
    const early = await inkOf(page)
    expect(early.left).toBeLessThan(200)
    await expect.poll(async () => (await inkOf(page)).right, { timeout: 20_000 }).toBeGreaterThan(early.right + 60)

    const restarts = await page.evaluate<number>('restarts')
    await page.mouse.click(320, 300)
    await expect.poll(() => page.evaluate<number>('restarts')).toBeGreaterThan(restarts)
    expect(complaints).toEqual([])
    await page.close()
  })
})

describe('the global Model', () => {
  test('has every function of the tutorial', async () => {
    const { page, complaints } = await open('kit.html')
    const seen = await page.evaluate(() => {
      const model = (globalThis as unknown as { Model: Model }).Model
      const norm = (state: State) => Math.hypot(...state.h, ...state.c)
      const many = <T>(draw: () => T) => Array.from({ length: 2000 }, draw)

      model.set_scale_factor(10)
      const zero = model.zero_state()
      const random = model.random_state()
      const copy = model.copy_state(random)
      const before = Array.from(random.h)
      const next = model.update([3, -2, 0], random)
      const pdf = model.get_pdf(next)
      const weights = pdf.pi.slice()
      const movements = many(() => model.sample(pdf, 0.65))
      model.set_scale_factor(20)
      return {
        zeroState: norm(zero),
        randomState: norm(random),
        otherRandomState: norm(model.random_state()) !== norm(random),
        copyIsItsOwn: copy.h !== random.h && norm(copy) === norm(random),
        updateLeavesItsState: before.every((h, j) => h === random.h[j]),
        updateMoves: norm(next) !== norm(random),
        zeroInput: model.zero_input(),
        randomInput: model.random_input(),
        pdf: [pdf.pi, pdf.mu1, pdf.mu2, pdf.sigma1, pdf.sigma2, pdf.rho].map((part) => part.length),
        eos: pdf.eos,
        pdfIsKept: weights.every((weight, k) => weight === pdf.pi[k]),
        movements,
        coolest: [model.sample(pdf, 0), model.sample(pdf, 0)] as Movement[],
        mean: [...pdf.mu1].map((mu1, k) => [mu1, pdf.mu2[k]]),
        byDefault: model.sample(pdf),
        randf: many(() => model.randf(2, 5)),
        randi: many(() => model.randi(2, 5)),
        randn: many(() => model.randn(10, 3)),
        birandn: many(() => model.birandn(10, -10, 1, 2, 0.9)),
      }
    })

    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)))
    expect(seen).toMatchObject({
      zeroState: 0,
      otherRandomState: true,
      copyIsItsOwn: true,
      updateLeavesItsState: true,
      updateMoves: true,
      pdfIsKept: true,
      zeroInput: [0, 0, 0],
    })
    expect(seen.randomState).toBeGreaterThan(1)
    expect(seen.randomInput).toHaveLength(3)
    expect(seen.byDefault).toHaveLength(3)
    expect(new Set(seen.pdf).size).toBe(1)
    expect(seen.eos).toBeGreaterThanOrEqual(0)
    expect(seen.eos).toBeLessThanOrEqual(1)
    expect(seen.movements.every(([dx, dy, pen]) => Number.isFinite(dx + dy) && (pen === 0 || pen === 1))).toBe(true)
    expect(new Set(seen.movements.map(String)).size).toBeGreaterThan(1000)

    // at temperature 0 the sample is the mean of a component, in pixels
    const [[dx, dy]] = seen.coolest
    expect(seen.coolest[1].slice(0, 2)).toEqual([dx, dy])
    expect(seen.mean.some(([mu1, mu2]) => Math.hypot(20 * mu1 - dx, 20 * mu2 - dy) < 1e-9)).toBe(true)

    expect(Math.min(...seen.randf)).toBeGreaterThanOrEqual(2)
    expect(Math.max(...seen.randf)).toBeLessThan(5)
    expect(deviation(seen.randf)).toBeGreaterThan(0.5)
    expect([...new Set(seen.randi)].sort()).toEqual([2, 3, 4])
    expect(Math.abs(mean(seen.randn) - 10)).toBeLessThan(0.5)
    expect(Math.abs(deviation(seen.randn) - 3)).toBeLessThan(0.5)
    const [u, v] = [seen.birandn.map(([first]) => first), seen.birandn.map(([, second]) => second)]
    expect(Math.abs(mean(u) - 10)).toBeLessThan(0.2)
    expect(Math.abs(mean(v) + 10)).toBeLessThan(0.4)
    expect(Math.abs(mean(u.map((value, n) => (value - 10) * (v[n] + 10))) - 0.9 * 2)).toBeLessThan(0.3)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('repeats a drawing when its random numbers are seeded', async () => {
    const { page } = await open('kit.html')
    const draw = () =>
      page.evaluate(() => {
        const { Model: model, longhand } = globalThis as unknown as {
          Model: Model
          longhand: typeof import('../../src/index.ts')
        }
        model.random = new longhand.Random(7)
        let state = model.random_state()
        let movement = model.zero_input()
        return Array.from({ length: 100 }, () => {
          state = model.update(movement, state)
          movement = model.sample(model.get_pdf(state), 0.65)
          return movement
        })
      })
    expect(await draw()).toEqual(await draw())
    await page.close()
  })

  test('throws a clear error for an invalid call, and keeps working afterward', async () => {
    const { page } = await open('kit.html')
    const messages = await page.evaluate(() => {
      const model = (globalThis as unknown as { Model: Model }).Model
      const state = model.zero_state()
      const pdf = model.get_pdf(state)
      const errorOf = (call: () => unknown) => {
        try {
          return `no error, but ${call()}`
        } catch (error) {
          return String(error)
        }
      }
      return [
        errorOf(() => model.sample(pdf, -1)),
        errorOf(() => model.sample(pdf, Number.NaN)),
        errorOf(() => model.update([Number.NaN, 0, 0], state)),
        errorOf(() => model.update([1, 2] as unknown as Movement, state)),
        errorOf(() => model.get_pdf({ h: new Float32Array(3), c: new Float32Array(3) })),
        errorOf(() => model.set_scale_factor(0)),
        String(model.sample(model.get_pdf(model.update([0, 0, 1], state)), 1).every(Number.isFinite)),
      ]
    })
    expect(messages[0]).toMatch(/^RangeError: .*-1/)
    expect(messages[1]).toMatch(/^RangeError: .*NaN/)
    expect(messages[2]).toMatch(/^RangeError: .*NaN/)
    expect(messages[3]).toMatch(/^TypeError: .*\[1, 2\]/)
    expect(messages[4]).toMatch(/^RangeError: Expected h with this model's \d+ units, got 3\.$/)
    expect(messages[5]).toMatch(/^RangeError: .*0/)
    expect(messages[6]).toBe('true')
    await page.close()
  })
})
