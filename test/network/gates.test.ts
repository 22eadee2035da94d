import { expect, test } from 'vitest'
import { cellState, hiddenState } from '../../src/network/gates.ts'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
const LOGITS = [-1e9, -800, -41, -17.3, -6, -2.5, -1, -0.34, -1e-3, 0, 1e-6, 0.2, 0.9, 1.5, 3, 7, 12, 39, 1e4, 1e30]

test('the cell state is σ(f) c + σ(i) tanh(g), to 1e-8', () => {
  let worst = 0
  for (const i of LOGITS)
    for (const g of LOGITS)
      for (const f of LOGITS)
        for (const c of [-30, -1, -0.01, 0, 0.3, 2.7, 500]) {
          const error = cellState(i, g, f, c) - (sigmoid(f) * c + sigmoid(i) * Math.tanh(g))
          worst = Math.max(worst, Math.abs(error) / (1 + Math.abs(c)))
        }
  expect(worst).toBeLessThan(1e-8)
})

test('the hidden state is σ(o) tanh(c), to 1e-8 and within ±1', () => {
  for (const o of LOGITS)
    for (const cell of LOGITS) {
      const hidden = hiddenState(o, cell)
      expect(Math.abs(hidden - sigmoid(o) * Math.tanh(cell))).toBeLessThan(1e-8)
      expect(Math.abs(hidden)).toBeLessThanOrEqual(1)
    }
})

test('both are odd functions of g and c, and return NaN for NaN', () => {
  expect(hiddenState(0.3, -1.2)).toBeCloseTo(-hiddenState(0.3, 1.2), 8)
  expect(cellState(0.3, -0.4, 0.7, -2)).toBeCloseTo(-cellState(0.3, 0.4, 0.7, 2), 8)
  expect([cellState(Number.NaN, 0, 0, 0), cellState(0, 0, 0, Number.NaN), hiddenState(0, Number.NaN)]).toEqual(
    Array(3).fill(Number.NaN),
  )
})
