import { type Mixture, Model, Random } from '../../src/index.ts'
import {
  expectation,
  type Float64Mixture,
  float64Weights,
  furthest,
  lstmStep,
} from '../../test/reference/float64-network.ts'
import type { Bench } from './bench.ts'

const STEPS = 700
const PARTS = ['pi', 'mu1', 'mu2', 'sigma1', 'sigma2', 'rho'] as const

/** Measures the largest difference between longhand's step and a float64 reference that reads the same movements. */
export const error: Bench = {
  title: `largest error against float64 over ${STEPS} steps with the same input`,
  run({ weights }) {
    const model = new Model(weights, new Random(5))
    model.set_scale_factor(1)
    const reference = float64Weights(weights.tensors)
    let state = model.zero_state()
    let exact = { h: [...state.h], c: [...state.c] }
    let movement = model.zero_input()
    let ofHidden = 0
    let ofPdf = 0
    for (let n = 0; n < STEPS; n++) {
      const read = movement.map(Math.fround) as typeof movement
      state = model.update(read, state)
      exact = lstmStep(reference, read, exact)
      const pdf = model.get_pdf(state)
      ofHidden = Math.max(ofHidden, furthest(state.h, exact.h))
      ofPdf = Math.max(ofPdf, distance(pdf, expectation(reference, exact.h)))
      movement = model.sample(pdf, 0.65)
    }
    return { timings: {}, ratios: {}, numbers: { 'hidden state h': ofHidden, 'any number of the pdf': ofPdf } }
  },
}

function distance(pdf: Mixture, expected: Float64Mixture): number {
  return Math.max(Math.abs(pdf.eos - expected.eos), ...PARTS.map((part) => furthest(pdf[part], expected[part])))
}
