import { bytesFromBase64 } from '../base64.ts'
import { roundUp } from '../linear.ts'
import { type State, zeroState } from '../lstm.ts'
import type { Network } from '../network.ts'
import { columnsOf, dequantize, type Int8Tensor, sizeOf } from '../tensor.ts'
import type { Weights } from '../weights.ts'
import { KERNEL } from './kernel.ts'

/** The exports of assembly/kernel.ts, where every number is explained. */
interface Kernel {
  split(h: number, high: number, low: number, count: number): void
  product(
    weights: number,
    high: number,
    low: number,
    pairs: number,
    panels: number,
    scale: number,
    offset: number,
    y: number,
  ): void
  addInput(weights: number, bias: number, offset: number, count: number, dx: number, dy: number, pen: number): void
  activate(gates: number, stride: number, c: number, nextC: number, nextH: number, count: number): void
}

const PANEL = 16 // outputs that the kernel takes at a time
const GRID = 2 ** -23
const LARGEST_UNITS = 512 // beyond 32767 × 127 × 516, a 32-bit sum of a state at the limit of the grid might overflow

let module: WebAssembly.Module | null | undefined

/** Compiled on first use; null where WebAssembly or its SIMD is missing, or a page's policy forbids it. */
function compiled(): WebAssembly.Module | null {
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(bytesFromBase64(KERNEL))
    } catch {
      module = null
    }
  }
  return module
}

/** The network in WebAssembly, for int8 weights; null where it cannot run. */
export function wasmNetwork({ units, tensors }: Weights): Network | null {
  const { inputWeights, recurrentWeights, bias, headWeights, headBias } = tensors
  if (recurrentWeights.dtype !== 'int8' || headWeights.dtype !== 'int8' || units > LARGEST_UNITS) return null
  const code = compiled()
  if (!code) return null

  const H = units
  const stride = roundUp(H, PANEL) // between the gates, so that each begins a panel
  const outputs = columnsOf(headWeights.shape)
  const paddedOutputs = roundUp(outputs, PANEL)
  const pairs = roundUp(H, 2) / 2

  // The memory: from address 0 on, one array after the other, each aligned for 16-byte loads.
  let end = 0
  const room = (bytes: number) => {
    const address = end
    end = roundUp(end + bytes, 16)
    return address
  }
  const at = {
    recurrent: room(4 * stride * 2 * pairs),
    recurrentScale: room(4 * stride * 8),
    input: room(3 * 4 * stride * 8),
    bias: room(4 * stride * 8),
    head: room(paddedOutputs * 2 * pairs),
    headScale: room(paddedOutputs * 8),
    headBias: room(paddedOutputs * 8),
    h: room(stride * 4),
    c: room(stride * 4),
    nextH: room(stride * 4),
    nextC: room(stride * 4),
    high: room(2 * pairs * 2),
    low: room(2 * pairs * 2),
    offset: room(4 * stride * 8),
    gates: room(4 * stride * 8),
    logits: room(paddedOutputs * 8),
  }
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65536) })
  const kernel = new WebAssembly.Instance(code, { env: { memory } }).exports as unknown as Kernel
  const { buffer } = memory
  const int8 = (address: number, length: number) => new Int8Array(buffer, address, length)
  const float32 = (address: number, length: number) => new Float32Array(buffer, address, length)
  const float64 = (address: number, length: number) => new Float64Array(buffer, address, length)

  const gate = (column: number) => Math.floor(column / H) * stride + (column % H)
  pack(recurrentWeights, gate, int8(at.recurrent, 4 * stride * 2 * pairs), pairs)
  pack(headWeights, (column) => column, int8(at.head, paddedOutputs * 2 * pairs), pairs)
  spread(scaleOf(recurrentWeights), gate, float64(at.recurrentScale, 4 * stride))
  spread(scaleOf(headWeights), (column) => column, float64(at.headScale, paddedOutputs))
  spread(dequantize(bias), gate, float64(at.bias, 4 * stride))
  spread(dequantize(headBias), (column) => column, float64(at.headBias, paddedOutputs))
  const input = dequantize(inputWeights)
  for (let k = 0; k < 3; k++)
    spread(input.subarray(k * 4 * H, (k + 1) * 4 * H), gate, float64(at.input + k * 4 * stride * 8, 4 * stride))

  const h = float32(at.h, H)
  const c = float32(at.c, H)
  const nextH = float32(at.nextH, H)
  const nextC = float32(at.nextC, H)
  const logits = float64(at.logits, outputs)

  return {
    kernel: 'wasm',
    step([dx, dy, pen], state): State {
      h.set(state.h)
      c.set(state.c)
      kernel.split(at.h, at.high, at.low, H)
      kernel.addInput(at.input, at.bias, at.offset, 4 * stride, Math.fround(dx), Math.fround(dy), Math.fround(pen))
      kernel.product(at.recurrent, at.high, at.low, pairs, (4 * stride) / PANEL, at.recurrentScale, at.offset, at.gates)
      kernel.activate(at.gates, stride, at.c, at.nextC, at.nextH, roundUp(H, 2))
      const next = zeroState(H)
      next.h.set(nextH)
      next.c.set(nextC)
      return next
    },
    logits(hidden) {
      h.set(hidden)
      kernel.split(at.h, at.high, at.low, H)
      kernel.product(at.head, at.high, at.low, pairs, paddedOutputs / PANEL, at.headScale, at.headBias, at.logits)
      return logits
    },
  }
}

/** A step of the sum is a step of the weight times one of the grid of hidden states. */
function scaleOf(tensor: Int8Tensor): Float64Array {
  return tensor.scale.map((scale) => scale * GRID)
}

/** (inputs, outputs) -> panels of 16 outputs: for every pair of inputs 16 × (first, second). */
function pack({ shape, data }: Int8Tensor, place: (column: number) => number, panels: Int8Array, pairs: number): void {
  const outputs = columnsOf(shape)
  const inputs = sizeOf(shape) / outputs
  for (let column = 0; column < outputs; column++) {
    const output = place(column)
    const start = Math.floor(output / PANEL) * PANEL * 2 * pairs + (output % PANEL) * 2
    for (let k = 0; k < inputs; k++) panels[start + (k >> 1) * PANEL * 2 + (k & 1)] = data[k * outputs + column]
  }
}

function spread(values: ArrayLike<number>, place: (column: number) => number, out: Float64Array): void {
  for (let column = 0; column < values.length; column++) out[place(column)] = values[column]
}
