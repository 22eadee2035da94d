import { patternFromRecipe, recipeFromSeed } from '../../src/api/pattern.ts'
import { plainEngine } from '../../src/pattern/network/plain-engine.ts'
import { createPainter } from '../../src/pattern/paint/painter.ts'
import { painterFor } from '../../src/pattern/paint/quality.ts'
import { naiveNetwork, naiveOutputs } from '../../test/reference/naive-pattern.ts'
import type { Bench } from './bench.ts'
import { interleave, medianRatio, summaries, summary } from './timing.ts'

const SIDE = 256
const NAIVE_PART = 8 // the naive code computes every 8th row, and its time is scaled to the picture

/** Measures the CPU renderers beside naive code, on a picture with the default recipe. */
export const pattern: Bench = {
  title: `a pattern of ${SIDE} × ${SIDE} pixels, 6 layers of 16 units`,
  async run() {
    const recipe = { ...recipeFromSeed(3), color: 'rgb' as const }
    const picture = patternFromRecipe(recipe)
    const plain = createPainter(picture, plainEngine)
    const wasm = createPainter(picture)
    const preview = painterFor(picture, 'preview')
    const naive = naiveNetwork(picture, 3) // red, green and blue
    const out = new Uint8ClampedArray(SIDE * SIDE * 4)
    const whole = { width: SIDE, height: SIDE }
    const contenders = {
      'naive code': () => {
        for (let row = 0, k = 0; row < SIDE / NAIVE_PART; row++)
          for (let column = 0; column < SIDE; column++, k += 4) {
            const outputs = naiveOutputs(naive, (column + 0.5) / SIDE - 0.5, (NAIVE_PART * row + 0.5) / SIDE - 0.5)
            for (let channel = 0; channel < 3; channel++) out[k + channel] = 255 * outputs[channel]
            out[k + 3] = 255
          }
      },
      'plain TypeScript': () => plain.paint(whole, out),
      WebAssembly: () => wasm.paint(whole, out),
      'WebAssembly, preview': () => preview.paint(whole, out),
    }
    const times = await interleave(contenders, { warmUp: 3, rounds: 15, calls: 1 })
    times['naive code'] = times['naive code'].map((time) => NAIVE_PART * time)
    const rate = (name: keyof typeof times) => SIDE ** 2 / 1000 / summary(times[name]).median
    return {
      timings: summaries(times),
      numbers: {
        'naive code, Mpixel/s': rate('naive code'),
        'plain TypeScript, Mpixel/s': rate('plain TypeScript'),
        'WebAssembly, Mpixel/s': rate('WebAssembly'),
        'WebAssembly, preview, Mpixel/s': rate('WebAssembly, preview'),
      },
      ratios: {
        'plain TypeScript, times as fast as naive': medianRatio(times['naive code'], times['plain TypeScript']),
        'WebAssembly, times as fast as naive': medianRatio(times['naive code'], times.WebAssembly),
      },
    }
  },
}
