import { columnsOf, dequantize, roundUp } from '../math/tensor.ts'
import { COARSE_GRID, GRID } from '../network/grid.ts'
import type { Weights } from '../weights/file.ts'
import { compiledKernel, instantiate, type Kernel } from './instance.ts'
import { Layout, PANEL, pack, spread } from './layout.ts'

// Up to here, a 32-bit sum of 128 × 8191 × H does not overflow: int8 weights times half of the bits of a state within ±4.
const LARGEST_UNITS = 2048

/** A network for free writing in the memory of one kernel instance: the int8 weights once, for exact steps and for pairs. */
export interface PackedNetwork {
  readonly kernel: Kernel
  readonly units: number
  readonly mixtures: number
  /** the sizes of 4H, H, and 1 + 6M, rounded up to whole panels */
  readonly paddedGates: number
  readonly paddedUnits: number
  readonly paddedOutputs: number
  /** pairs of inputs of a panel, ⌈H / 2⌉ */
  readonly inputPairs: number
  /** addresses of the arrays */
  readonly at: ReturnType<typeof layOut>
  float32(address: number, length: number): Float32Array
  float64(address: number, length: number): Float64Array
}

/** Packs a network; null unless its matrices are int8, it is small enough, and WebAssembly is available. */
export function packNetwork(weights: Weights): PackedNetwork | null {
  const { inputWeights, recurrentWeights, bias, headWeights, headBias } = weights.tensors
  const { units, mixtures } = weights
  if (recurrentWeights.dtype !== 'int8' || headWeights.dtype !== 'int8' || units > LARGEST_UNITS) return null
  const code = compiledKernel()
  if (!code) return null

  const paddedGates = roundUp(4 * units, PANEL)
  const paddedUnits = roundUp(units, PANEL)
  const paddedOutputs = roundUp(columnsOf(headWeights.shape), PANEL)
  const inputPairs = roundUp(units, 2) / 2
  const sizes = { paddedGates, paddedUnits, paddedOutputs, inputPairs }
  const layout = new Layout()
  const at = layOut(layout, sizes)
  const instance = instantiate(code, layout.bytes)
  if (!instance) return null
  const { kernel, buffer } = instance
  const float32 = (address: number, length: number) => new Float32Array(buffer, address, length)
  const float64 = (address: number, length: number) => new Float64Array(buffer, address, length)

  // One unit of an integer sum is a quantization step of the weight times a step of the grid of hidden states.
  const scaled = (scale: Float64Array, grid: number) => scale.map((step) => step / grid)
  pack(recurrentWeights, { kernel, buffer, rows: at.rows, panels: at.recurrent })
  spread(scaled(recurrentWeights.scale, GRID), 1, float64(at.recurrentScale, paddedGates))
  spread(scaled(recurrentWeights.scale, COARSE_GRID), 1, float32(at.coarseRecurrentScale, paddedGates))
  pack(headWeights, { kernel, buffer, rows: at.rows, panels: at.head })
  spread(scaled(headWeights.scale, GRID), 1, float64(at.headScale, paddedOutputs))
  spread(scaled(headWeights.scale, COARSE_GRID), 1, float32(at.coarseHeadScale, paddedOutputs))
  spread(dequantize(headBias), 1, float64(at.headBias, paddedOutputs))
  for (const path of [0, 1])
    spread(dequantize(headBias), 1, float32(at.coarseHeadBias + 4 * path * paddedOutputs, paddedOutputs))
  spread(dequantize(bias), 1, float32(at.bias, paddedGates))
  spread(dequantize(inputWeights), 3, float32(at.input, 3 * paddedGates))
  return { kernel, units, mixtures, ...sizes, at, float32, float64 }
}

interface Sizes {
  paddedGates: number
  paddedUnits: number
  paddedOutputs: number
  inputPairs: number
}

function layOut(layout: Layout, { paddedGates, paddedUnits, paddedOutputs, inputPairs }: Sizes) {
  return {
    // weights
    rows: layout.reserve(2 * Math.max(paddedGates, paddedOutputs)), // scratch for packing
    recurrent: layout.reserve(paddedGates * 2 * inputPairs),
    recurrentScale: layout.reserve(8 * paddedGates),
    coarseRecurrentScale: layout.reserve(4 * paddedGates),
    input: layout.reserve(4 * 3 * paddedGates),
    bias: layout.reserve(4 * paddedGates),
    head: layout.reserve(paddedOutputs * 2 * inputPairs),
    headScale: layout.reserve(8 * paddedOutputs),
    headBias: layout.reserve(8 * paddedOutputs),
    coarseHeadScale: layout.reserve(4 * paddedOutputs),
    coarseHeadBias: layout.reserve(2 * 4 * paddedOutputs),
    // one exact step
    h: layout.reserve(4 * paddedUnits),
    c: layout.reserve(4 * paddedUnits),
    next: layout.reserve(2 * 4 * paddedUnits), // h, then c
    digits: layout.reserve(2 * 2 * paddedUnits),
    digitsBias: layout.reserve(2 * 16),
    offset: layout.reserve(8 * paddedGates),
    gates: layout.reserve(8 * paddedGates),
    powers: layout.reserve(4 * 8 * paddedUnits),
    logits: layout.reserve(8 * paddedOutputs),
    // one step of a pair
    coarse: {
      h: layout.reserve(2 * 4 * paddedUnits),
      c: layout.reserve(2 * 4 * paddedUnits),
      offsets: layout.reserve(2 * 4 * paddedGates),
      gates: layout.reserve(2 * 4 * paddedGates),
      logits: layout.reserve(2 * 4 * paddedOutputs),
    },
  }
}
