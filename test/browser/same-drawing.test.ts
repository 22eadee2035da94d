import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/build/root.ts'
import * as longhand from '../../src/index.ts'
import { EXPECTED, hashOfState, weightsFile } from '../fixtures/ten-thousand-steps.ts'
import { useBrowser } from './chromium.ts'

const browser = useBrowser()
const handwriting = readFile(join(root, 'weights/handwriting.json'), 'utf8').then(JSON.parse)

/** Returns everything that one seed determines, as text. Runs in Node and in the page, so it refers to nothing outside itself. */
function draw(kit: typeof longhand, json: unknown, seed: number): string {
  const random = new kit.Random(seed)
  const numbers = [random.uniform(), ...random.normalPair(), random.categorical([1, 2, 3, 4]), random.uniform()]
  const model = new kit.Model(kit.decodeWeights(json), new kit.Random(seed))
  model.set_scale_factor(6)
  const hand = new kit.FreeHand(model)
  const page = new kit.Page({ left: 80, right: 880, top: 100, bottom: 5000, lineHeight: 57, unit: 6 })
  const drawing = new kit.Svg()
  const movements: number[][] = []
  for (let n = 0; n < 2000; n++) {
    const movement = hand.write(n < 1000 ? 0.65 : 1)
    movements.push(movement)
    page.write(movement, drawing)
  }
  const { h, c } = hand.state
  const picture = drawing.toString({ width: 960, height: 5000, strokeWidth: 1.5, millimeters: 0.25 })
  return JSON.stringify({ numbers, movements, h: [...h], c: [...c], picture }, null, 1)
}

test('a seed gives bit-identical drawings in Node and in the browser', async () => {
  const { page, complaints } = await browser.open(browser.url('sketches/'), { bypassCSP: true })
  for (const url of ['weights/handwriting.js', 'longhand.js']) await page.addScriptTag({ url: browser.url(url) })
  const inTheBrowser = await page.evaluate<string>(`(${draw})(longhand, longhandWeights, 7)`)
  const inNode = draw(longhand, await handwriting, 7)

  expect(inTheBrowser === inNode, firstDifference(inTheBrowser, inNode)).toBe(true)
  expect(JSON.parse(inNode).picture.match(/<path/g).length).toBeGreaterThan(10)
  expect(complaints).toEqual([])
  await page.close()
})

/** Writes a text with both kernels. Runs in Node and in the page. */
function writeText(kit: typeof longhand, json: unknown): string {
  const weights = kit.decodeTextWeights(json)
  const [wasm, plain] = (['wasm', 'plain'] as const).map((kernel) => {
    const scribe = new kit.Scribe(weights, new kit.Random(7), kernel)
    return {
      kernel: scribe.network.kernel,
      written: [...scribe.write('Dear é!', { hand: scribe.mix('ash', 'elm', 0.5) })],
    }
  })
  return JSON.stringify({ kernels: [wasm.kernel, plain.kernel], wasm: wasm.written, plain: plain.written }, null, 1)
}

test('a text is written the same in Node and in the browser, with both kernels, to the bit', async () => {
  const { page } = await browser.open(browser.url('sketches/'), { bypassCSP: true })
  for (const url of ['weights/scribe.js', 'longhand.js']) await page.addScriptTag({ url: browser.url(url) })
  const inTheBrowser = await page.evaluate<string>(`(${writeText})(longhand, longhandScribeWeights)`)
  const inNode = writeText(longhand, JSON.parse(await readFile(join(root, 'weights/scribe.json'), 'utf8')))
  expect(inTheBrowser === inNode, firstDifference(inTheBrowser, inNode)).toBe(true)
  const { kernels, wasm, plain } = JSON.parse(inNode)
  expect(kernels).toEqual(['wasm', 'plain'])
  expect(wasm).toEqual(plain)
  await page.close()
})

test.each(['wasm', 'plain'])(
  'the state after 10,000 movements in the browser is the same as in Node (%s)',
  async (kernel) => {
    const { page } = await browser.open(browser.url('sketches/'), { bypassCSP: true })
    await page.addScriptTag({ url: browser.url('longhand.js') })
    const run = `(${hashOfState})(longhand, ${JSON.stringify(weightsFile())}, '${kernel}')`
    expect(await page.evaluate<string>(run)).toBe(EXPECTED)
    await page.close()
  },
)

test('the scripts export the same names, weights and Model as the package', async () => {
  const { page } = await browser.open(browser.url('sketches/'), { bypassCSP: true })
  for (const url of ['weights/handwriting.js', 'longhand.js', 'longhand-pattern.js'])
    await page.addScriptTag({ url: browser.url(url) })
  expect(await page.evaluate<string[]>('Object.keys(longhand).sort()')).toEqual(Object.keys(longhand).sort())
  expect(await page.evaluate<boolean>('Model instanceof longhand.Model')).toBe(true)
  expect(await page.evaluate<unknown>('longhandWeights')).toEqual(await handwriting)
  await page.close()
})

function firstDifference(a: string, b: string): string {
  const lines = b.split('\n')
  const n = a.split('\n').findIndex((line, at) => line !== lines[at])
  return n < 0 ? '' : `The first difference is in line ${n}: ${a.split('\n')[n]} in the browser, ${lines[n]} in Node.`
}
