import { decodeWeights, Model } from '../../src/index.ts'
import type { Bench } from './bench.ts'
import { interleave, summaries } from './timing.ts'

/** Measures the steps between a downloaded weights file and a usable model. */
export const loading: Bench = {
  title: 'loading the weights',
  async run({ text, weights }) {
    const json: unknown = JSON.parse(text)
    const contenders = {
      'JSON.parse': () => JSON.parse(text),
      decodeWeights: () => decodeWeights(json),
      'new Model': () => new Model(weights),
      'new Model, plain': () => new Model(weights, undefined, 'plain'),
    }
    const times = await interleave<string>(contenders, { warmUp: 2, rounds: 20, calls: 1 })
    return { timings: summaries(times), ratios: {} }
  },
}
