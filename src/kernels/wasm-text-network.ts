import { columnsOf, roundUp } from '../math/tensor.ts'
import { handBiases } from '../network/hand-bias.ts'
import { mixtureOver } from '../network/mixture.ts'
import { HEIGHT_SCALE } from '../network/plain-text-network.ts'
import type { HandBias, TextNetwork } from '../network/text-network.ts'
import { moveWindow } from '../network/window.ts'
import type { TextWeights } from '../weights/text-file.ts'
import { PANEL, spread } from './layout.ts'
import { packTextNetwork } from './packed-text-network.ts'

/** Creates the text network in WebAssembly; null where that is not available, see `packTextNetwork`. */
export function wasmTextNetwork(weights: TextWeights): TextNetwork | null {
  const packed = packTextNetwork(weights)
  if (!packed) return null
  const { kernel, padded, at, float32, float64 } = packed
  const { units: H, alphabet, mixtures: M, window: K, tensors } = weights
  const unitPairs = roundUp(H, 2) / 2
  const h1 = float32(at.h1, H)
  const c1 = float32(at.c1, H)
  const h2 = float32(at.h2, H)
  const c2 = float32(at.c2, H)
  const both = float32(at.both, 2 * H)
  const [nextH1, nextC1, nextH2, nextC2] = [0, 1, 2, 3].map((n) => 4 * n * padded.units) // offsets in `next`
  const next = float32(at.next, 4 * padded.units)
  const newH1 = float32(at.next + nextH1, H)
  const bias1 = float32(at.bias1, padded.gates)
  const bias2 = float32(at.bias2, padded.gates)
  const parameters = float64(at.parameters, 3 * K)
  const logits = float64(at.logits, columnsOf(tensors.wo.shape))
  const components = float64(at.logits + 8, 6 * M)
  let current: HandBias | undefined

  const useHand = (hand: HandBias) => {
    if (hand === current) return
    spread(hand.first, 1, bias1)
    spread(hand.second, 1, bias2)
    current = hand
  }

  /** gates = bias + x X + seen W, in the order of the plain network. Rows that would add 0 are skipped. */
  const readInputs = (input: number, window: number, bias: number, x: Float32Array, seen: Float32Array) => {
    kernel.addInput(input, bias, at.gates, padded.gates, x[0], x[1], x[2])
    if (x[3] !== 0) kernel.addRow(input + 4 * 3 * padded.gates, at.gates, padded.gates, x[3])
    for (let a = 0; a < alphabet; a++)
      if (seen[a] !== 0) kernel.addRow(window + 4 * a * padded.gates, at.gates, padded.gates, seen[a])
  }

  /** gates += scale × (W h) */
  const addProduct = (h: number, matrix: 'r1' | 'i2' | 'r2') => {
    kernel.split(h, at.digits, at.digitsBias, padded.units)
    const panels = padded.gates / PANEL
    kernel.product(at[matrix], at.digits, at.digitsBias, unitPairs, panels, at.scale[matrix], at.gates, at.gates)
  }

  const network: TextNetwork = {
    kernel: 'wasm',
    hand: handBiases(weights),
    step([dx, dy, pen], state, text, hand) {
      useHand(hand)
      const y = state.y + dy
      const x = Float32Array.of(dx, dy, pen, y * HEIGHT_SCALE)
      h1.set(state.h1)
      c1.set(state.c1)
      h2.set(state.h2)
      c2.set(state.c2)

      readInputs(at.x1, at.w1, at.bias1, x, state.seen)
      addProduct(at.h1, 'r1')
      kernel.activate(at.gates, H, at.c1, at.next + nextC1, at.next + nextH1, at.powers)
      h1.set(newH1)

      kernel.productOfFloats(at.wp, at.h1, 2 * unitPairs, padded.parameters, at.bp, at.parameters)
      const window = moveWindow(parameters, state.kappa, text, alphabet)

      readInputs(at.x2, at.w2, at.bias2, x, window.seen)
      addProduct(at.h1, 'i2')
      addProduct(at.h2, 'r2')
      kernel.activate(at.gates, H, at.c2, at.next + nextC2, at.next + nextH2, at.powers)
      const all = next.slice().buffer // one allocation is faster than four
      const part = (offset: number) => new Float32Array(all, offset, H)
      const { kappa, seen, attention } = window
      return { h1: part(nextH1), c1: part(nextC1), h2: part(nextH2), c2: part(nextC2), kappa, seen, attention, y }
    },
    logits(state) {
      both.set(state.h1)
      both.set(state.h2, H)
      kernel.split(at.both, at.digits, at.digitsBias, padded.both)
      const panels = padded.outputs / PANEL
      kernel.product(at.wo, at.digits, at.digitsBias, H, panels, at.scale.wo, at.bo, at.logits)
      return logits
    },
    mixture(state) {
      const eos = network.logits(state)[0]
      kernel.mixture(at.logits, M)
      return mixtureOver(new Float32Array(components).buffer, M, eos)
    },
  }
  return network
}
