import {
  createPainter,
  latentOnLoop,
  networkFromRecipe,
  patternFromRecipe,
  recipeFromSeed,
} from '../../src/pattern/index.ts'
import { plainEngine } from '../../src/pattern/plain.ts'
import { naiveAnswers, naiveNetwork } from './naive-pattern.ts'

const SIDE = 256
const NAIVE_SIDE = 64 // of the naive one only a part, for it is slow
const ROUNDS = 15

export interface PatternBench {
  /** medians, in millions of pixels a second: plain TypeScript, WebAssembly where there is any, the naive code */
  readonly plain: number
  readonly simd: number
  readonly naive: number
  /** the median of a picture of 256 × 256 pixels with new latent numbers, as while a hand drags them */
  readonly frameMilliseconds: number
}

/** The CPU's renderers beside the naive code, in turns, on the default picture. */
export function benchPattern(): PatternBench {
  const recipe = { ...recipeFromSeed(3), color: 'rgb' as const }
  const network = networkFromRecipe(recipe)
  const pattern = patternFromRecipe(recipe, network)
  const plain = createPainter(pattern, plainEngine)
  const simd = createPainter(pattern)
  const naive = naiveNetwork(pattern)
  const out = new Uint8ClampedArray(SIDE * SIDE * 4)
  const paintNaively = () => {
    for (let row = 0, k = 0; row < NAIVE_SIDE; row++)
      for (let column = 0; column < NAIVE_SIDE; column++, k += 4) {
        const answers = naiveAnswers(naive, (column + 0.5) / NAIVE_SIDE - 0.5, (row + 0.5) / NAIVE_SIDE - 0.5)
        for (let channel = 0; channel < 3; channel++) out[k + channel] = 255 * answers[channel]
        out[k + 3] = 255
      }
  }
  const drag = (turn: number) => {
    const latent = latentOnLoop([0.5, -0.5], turn)
    createPainter(patternFromRecipe({ ...recipe, latent }, network)).paint({ width: SIDE, height: SIDE }, out)
  }

  const times = { plain: [] as number[], simd: [] as number[], naive: [] as number[], frame: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    times.plain.push(milliseconds(() => plain.paint({ width: SIDE, height: SIDE }, out)))
    times.simd.push(milliseconds(() => simd.paint({ width: SIDE, height: SIDE }, out)))
    times.naive.push(milliseconds(paintNaively))
    times.frame.push(milliseconds(() => drag(round / ROUNDS)))
  }
  const megapixels = (side: number, times: number[]) => side ** 2 / median(times) / 1000
  return {
    plain: megapixels(SIDE, times.plain),
    simd: megapixels(SIDE, times.simd),
    naive: megapixels(NAIVE_SIDE, times.naive),
    frameMilliseconds: median(times.frame),
  }
}

/** The same in words. */
export function describePatternBench({ plain, simd, naive, frameMilliseconds }: PatternBench): string {
  const line = (name: string, megapixels: number) =>
    `  ${name.padEnd(17)} ${megapixels.toFixed(3).padStart(7)} megapixels a second, ${(megapixels / naive).toFixed(1)} × naive`
  return [
    `pattern, 16 units, 6 layers, ${SIDE} × ${SIDE} pixels`,
    line('naive code', naive),
    line('plain TypeScript', plain),
    line('WebAssembly', simd),
    `  a dragged frame   ${frameMilliseconds.toFixed(1).padStart(7)} ms`,
  ].join('\n')
}

function milliseconds(run: () => void): number {
  const begin = performance.now()
  run()
  return performance.now() - begin
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]
}
