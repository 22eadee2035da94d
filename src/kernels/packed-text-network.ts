import { columnsOf, dequantize, type Int8Tensor, roundUp, type Tensor } from '../math/tensor.ts'
import { GRID } from '../network/grid.ts'
import { TEXT_INPUTS, type TextWeights } from '../weights/text-file.ts'
import { compiledKernel, instantiate, type Kernel } from './instance.ts'
import { Layout, PANEL, pack, spread } from './layout.ts'

// Up to here, a 32-bit sum of 128 × 8191 × 2H, over the hidden states of both layers, does not overflow.
const LARGEST_UNITS = 1024

/** A text network in the memory of one kernel instance. */
export interface PackedTextNetwork {
  readonly kernel: Kernel
  /** the sizes of 4H, H, 2H, 3K, and 1 + 6M, rounded up to whole panels */
  readonly padded: Padded
  /** addresses of the arrays */
  readonly at: ReturnType<typeof layOut>
  float32(address: number, length: number): Float32Array
  float64(address: number, length: number): Float64Array
}

interface Padded {
  gates: number
  units: number
  both: number
  parameters: number
  outputs: number
}

const MATRICES = ['r1', 'i2', 'r2', 'wo'] as const

/** Packs a network; null unless its large matrices are int8, it is small enough, and WebAssembly is available. */
export function packTextNetwork({ units, alphabet, tensors }: TextWeights): PackedTextNetwork | null {
  if (MATRICES.some((name) => tensors[name].dtype !== 'int8') || units > LARGEST_UNITS) return null
  const code = compiledKernel()
  if (!code) return null

  const padded = {
    gates: roundUp(4 * units, PANEL),
    units: roundUp(units, PANEL),
    both: roundUp(2 * units, PANEL),
    parameters: roundUp(columnsOf(tensors.wp.shape), PANEL),
    outputs: roundUp(columnsOf(tensors.wo.shape), PANEL),
  }
  const layout = new Layout()
  const at = layOut(layout, padded, alphabet)
  const instance = instantiate(code, layout.bytes)
  if (!instance) return null
  const { kernel, buffer } = instance
  const float32 = (address: number, length: number) => new Float32Array(buffer, address, length)
  const float64 = (address: number, length: number) => new Float64Array(buffer, address, length)

  for (const name of MATRICES) {
    const tensor = tensors[name] as Int8Tensor
    // One unit of an integer sum is a quantization step of the weight times a step of the grid of hidden states.
    const scale = tensor.scale.map((step) => step / GRID)
    pack(tensor, { kernel, buffer, rows: at.rows, panels: at[name] })
    spread(scale, 1, float64(at.scale[name], name === 'wo' ? padded.outputs : padded.gates))
  }
  const copyRows = (tensor: Tensor, rows: number, address: number, columns: number) =>
    spread(dequantize(tensor), rows, float32(address, rows * columns))
  copyRows(tensors.x1, TEXT_INPUTS, at.x1, padded.gates)
  copyRows(tensors.x2, TEXT_INPUTS, at.x2, padded.gates)
  copyRows(tensors.w1, alphabet, at.w1, padded.gates)
  copyRows(tensors.w2, alphabet, at.w2, padded.gates)
  copyRows(tensors.wp, units, at.wp, padded.parameters)
  spread(dequantize(tensors.bp), 1, float64(at.bp, padded.parameters))
  spread(dequantize(tensors.bo), 1, float64(at.bo, padded.outputs))
  return { kernel, padded, at, float32, float64 }
}

function layOut(layout: Layout, { gates, units, both, parameters, outputs }: Padded, alphabet: number) {
  return {
    // weights
    rows: layout.reserve(2 * Math.max(gates, outputs)), // scratch for packing
    r1: layout.reserve(gates * units),
    i2: layout.reserve(gates * units),
    r2: layout.reserve(gates * units),
    wo: layout.reserve(outputs * both),
    scale: {
      r1: layout.reserve(8 * gates),
      i2: layout.reserve(8 * gates),
      r2: layout.reserve(8 * gates),
      wo: layout.reserve(8 * outputs),
    },
    x1: layout.reserve(4 * TEXT_INPUTS * gates),
    x2: layout.reserve(4 * TEXT_INPUTS * gates),
    w1: layout.reserve(4 * alphabet * gates),
    w2: layout.reserve(4 * alphabet * gates),
    wp: layout.reserve(4 * units * parameters),
    bp: layout.reserve(8 * parameters),
    bo: layout.reserve(8 * outputs),
    // the biases of a hand
    bias1: layout.reserve(4 * gates),
    bias2: layout.reserve(4 * gates),
    // one step; arrays are zero beyond their ends, where the kernel reads
    h1: layout.reserve(4 * units),
    c1: layout.reserve(4 * units),
    h2: layout.reserve(4 * units),
    c2: layout.reserve(4 * units),
    both: layout.reserve(4 * both),
    next: layout.reserve(4 * 4 * units), // h1, c1, h2, c2
    digits: layout.reserve(2 * 2 * both),
    digitsBias: layout.reserve(2 * 16),
    gates: layout.reserve(8 * gates),
    powers: layout.reserve(4 * 8 * units),
    parameters: layout.reserve(8 * parameters),
    logits: layout.reserve(8 * outputs),
  }
}
