import { dequantize, type Tensor } from '../math/tensor.ts'
import type { TextWeights } from '../weights/text-file.ts'
import { cellState, hiddenState } from './gates.ts'
import { onGrid } from './grid.ts'
import { handBiases } from './hand-bias.ts'
import { plainLinear } from './linear.ts'
import { mixtureFromLogits } from './mixture.ts'
import type { TextNetwork } from './text-network.ts'
import { moveWindow } from './window.ts'

/** The height of the pen, in the scale in which the network reads it. */
export const HEIGHT_SCALE = 1 / 4

/** Creates the text network in plain TypeScript: the readable reference, and the fallback where WebAssembly is not available. */
export function plainTextNetwork(weights: TextWeights): TextNetwork {
  const { units: H, alphabet, mixtures, tensors } = weights
  const addInput1 = rowAdder(tensors.x1)
  const addSeen1 = rowAdder(tensors.w1)
  const recurrent1 = plainLinear(tensors.r1)
  const windowLayer = plainLinear({ ...tensors.wp, dtype: 'float32', data: dequantize(tensors.wp) })
  const windowBias = Float64Array.from(dequantize(tensors.bp))
  const addInput2 = rowAdder(tensors.x2)
  const addSeen2 = rowAdder(tensors.w2)
  const between = plainLinear(tensors.i2)
  const recurrent2 = plainLinear(tensors.r2)
  const head = plainLinear(tensors.wo)
  const headBias = Float64Array.from(dequantize(tensors.bo))

  const gates = new Float64Array(4 * H)
  const parameters = new Float64Array(windowLayer.outputs)
  const logits = new Float64Array(head.outputs)
  const both = new Float32Array(2 * H)

  const network: TextNetwork = {
    kernel: 'plain',
    hand: handBiases(weights),
    step([dx, dy, pen], state, text, hand) {
      const y = state.y + dy
      const x = Float32Array.of(dx, dy, pen, y * HEIGHT_SCALE)

      gates.set(hand.first)
      addInput1(x, gates)
      addSeen1(state.seen, gates)
      recurrent1.apply(state.h1.map(onGrid), gates, gates)
      const [h1, c1] = activate(gates, state.c1)

      windowLayer.apply(h1, windowBias, parameters)
      const window = moveWindow(parameters, state.kappa, text, alphabet)

      gates.set(hand.second)
      addInput2(x, gates)
      addSeen2(window.seen, gates)
      between.apply(h1, gates, gates)
      recurrent2.apply(state.h2.map(onGrid), gates, gates)
      const [h2, c2] = activate(gates, state.c2)
      return { h1, c1, h2, c2, ...window, y }
    },
    logits({ h1, h2 }) {
      both.set(h1.map(onGrid))
      both.set(h2.map(onGrid), H)
      head.apply(both, headBias, logits)
      return logits
    },
    mixture: (state) => mixtureFromLogits(network.logits(state), mixtures),
  }
  return network
}

/** Returns a function that adds x W to y, row by row. Rows whose x is 0 are skipped: the window sees few characters at a time. */
function rowAdder(weights: Tensor): (x: Float32Array, y: Float64Array) => void {
  const values = dequantize(weights)
  return (x, y) => {
    for (let k = 0; k < x.length; k++) {
      if (x[k] === 0) continue
      const row = k * y.length
      for (let j = 0; j < y.length; j++) y[j] += x[k] * values[row + j]
    }
  }
}

/** Computes c' and h' from the gates i, g, f, o. @param gates (4H) @param c (H), not changed */
function activate(gates: Float64Array, c: Float32Array): [h: Float32Array, c: Float32Array] {
  const H = c.length
  const nextC = new Float32Array(H)
  const nextH = new Float32Array(H)
  for (let j = 0; j < H; j++) {
    const cell = cellState(gates[j], gates[j + H], gates[j + 2 * H], c[j])
    nextC[j] = cell
    nextH[j] = onGrid(hiddenState(gates[j + 3 * H], cell))
  }
  return [nextH, nextC]
}
