import { columnsOf, dequantize, roundUp } from '../math/tensor.ts'
import type { State } from '../network/lstm.ts'
import { mixtureOver } from '../network/mixture.ts'
import { type Network, steppedPair } from '../network/network.ts'
import type { Weights } from '../weights/file.ts'
import { compiledKernel, instantiate } from './instance.ts'
import { Layout, PANEL, pack, spread } from './layout.ts'
import { coarsePair } from './wasm-pair.ts'

const GRID = 2 ** -23
// With states within ±4, the largest on the grid, a 32-bit sum of 127 × 8191 × H has room up to here.
const LARGEST_UNITS = 2048

/** The network in WebAssembly, for int8 weights; null where it cannot run. */
export function wasmNetwork(weights: Weights): Network | null {
  const { inputWeights, recurrentWeights, bias, headWeights, headBias } = weights.tensors
  if (recurrentWeights.dtype !== 'int8' || headWeights.dtype !== 'int8' || weights.units > LARGEST_UNITS) return null
  const code = compiledKernel()
  if (!code) return null

  const H = weights.units
  const M = weights.mixtures
  const paddedUnits = roundUp(H, PANEL)
  const paddedGates = roundUp(4 * H, PANEL)
  const outputs = columnsOf(headWeights.shape)
  const paddedOutputs = roundUp(outputs, PANEL)
  const pairs = roundUp(H, 2) / 2

  const layout = new Layout()
  const at = {
    rows: layout.reserve(2 * Math.max(paddedGates, paddedOutputs)),
    recurrent: layout.reserve(paddedGates * 2 * pairs),
    recurrentScale: layout.reserve(paddedGates * 8),
    input: layout.reserve(3 * paddedGates * 4),
    bias: layout.reserve(paddedGates * 4),
    head: layout.reserve(paddedOutputs * 2 * pairs),
    headScale: layout.reserve(paddedOutputs * 8),
    headBias: layout.reserve(paddedOutputs * 8),
    h: layout.reserve(paddedUnits * 4),
    c: layout.reserve(paddedUnits * 4),
    next: layout.reserve(2 * paddedUnits * 4), // h, then c
    digits: layout.reserve(2 * paddedUnits * 2),
    digitsBias: layout.reserve(2 * 16),
    offset: layout.reserve(paddedGates * 8),
    gates: layout.reserve(paddedGates * 8),
    powers: layout.reserve(4 * paddedUnits * 8),
    logits: layout.reserve(paddedOutputs * 8),
  }
  const instance = instantiate(code, layout.bytes)
  if (!instance) return null
  const { kernel, buffer } = instance
  const float32 = (address: number, length: number) => new Float32Array(buffer, address, length)
  const float64 = (address: number, length: number) => new Float64Array(buffer, address, length)

  // A step of a sum is a step of the weight times one of the grid of hidden states.
  const gridded = (scale: Float64Array) => scale.map((step) => step * GRID)
  pack(recurrentWeights, { kernel, buffer, rows: at.rows, panels: at.recurrent })
  spread(gridded(recurrentWeights.scale), 1, float64(at.recurrentScale, paddedGates))
  pack(headWeights, { kernel, buffer, rows: at.rows, panels: at.head })
  spread(gridded(headWeights.scale), 1, float64(at.headScale, paddedOutputs))
  spread(dequantize(headBias), 1, float64(at.headBias, paddedOutputs))
  spread(dequantize(bias), 1, float32(at.bias, paddedGates))
  spread(dequantize(inputWeights), 3, float32(at.input, 3 * paddedGates))

  const h = float32(at.h, H)
  const c = float32(at.c, H)
  const nextC = at.next + paddedUnits * 4
  const logits = float64(at.logits, outputs)
  const components = float64(at.logits + 8, 6 * M)
  const next = float32(at.next, 2 * paddedUnits) // h, then c

  /** y = offset + scale × (W · h), for a hidden state h that lies in the memory */
  const product = (weights: number, scale: number, offset: number, y: number, outputs: number) => {
    kernel.split(at.h, at.digits, at.digitsBias, paddedUnits)
    kernel.product(weights, at.digits, at.digitsBias, pairs, outputs / PANEL, scale, offset, y)
  }

  const network: Network = {
    kernel: 'wasm',
    step([dx, dy, pen], state): State {
      h.set(state.h)
      c.set(state.c)
      kernel.addInput(at.input, at.bias, at.offset, paddedGates, Math.fround(dx), Math.fround(dy), Math.fround(pen))
      product(at.recurrent, at.recurrentScale, at.offset, at.gates, paddedGates)
      kernel.activate(at.gates, H, at.c, nextC, at.next, at.powers)
      const both = next.slice().buffer // one piece of memory is made faster than two
      return { h: new Float32Array(both, 0, H), c: new Float32Array(both, paddedUnits * 4, H) }
    },
    logits(hidden) {
      h.set(hidden)
      product(at.head, at.headScale, at.headBias, at.logits, paddedOutputs)
      return logits
    },
    mixture(hidden) {
      const eos = network.logits(hidden)[0]
      kernel.mixture(at.logits, M)
      return mixtureOver(new Float32Array(components).buffer, M, eos)
    },
    pair: () => coarsePair(code, weights) ?? steppedPair(network),
  }
  return network
}
