import { columnsOf, dequantize, roundUp } from '../math/tensor.ts'
import type { Pair } from '../network/network.ts'
import type { Weights } from '../weights/file.ts'
import { instantiate } from './instance.ts'
import { Layout, PANEL, pack, spread } from './layout.ts'

const GRID = 2 ** -15
const LARGEST_UNITS = 516 // the most that 32-bit sums of 127 × 32767 × H have room for

/** Two paths at once in the coarse WebAssembly kernel, in a memory of their own; null for too many units or no memory. */
export function coarsePair(code: WebAssembly.Module, { units, tensors }: Weights): Pair | null {
  const { inputWeights, recurrentWeights, bias, headWeights, headBias } = tensors
  if (recurrentWeights.dtype !== 'int8' || headWeights.dtype !== 'int8' || units > LARGEST_UNITS) return null

  const H = units
  const paddedUnits = roundUp(H, PANEL)
  const paddedGates = roundUp(4 * H, PANEL)
  const outputs = columnsOf(headWeights.shape)
  const paddedOutputs = roundUp(outputs, PANEL)
  const pairs = roundUp(H, 2) / 2
  const row = 4 * paddedGates // bytes of one path's gates

  const layout = new Layout()
  const at = {
    rows: layout.reserve(2 * Math.max(paddedGates, paddedOutputs)),
    recurrent: layout.reserve(paddedGates * 2 * pairs),
    recurrentScale: layout.reserve(row),
    input: layout.reserve(3 * row),
    bias: layout.reserve(row),
    head: layout.reserve(paddedOutputs * 2 * pairs),
    headScale: layout.reserve(paddedOutputs * 4),
    headBias: layout.reserve(2 * paddedOutputs * 4),
    h: layout.reserve(2 * paddedUnits * 4),
    c: layout.reserve(2 * paddedUnits * 4),
    digits: layout.reserve(2 * paddedUnits * 2),
    digitsBias: layout.reserve(2 * 16),
    offsets: layout.reserve(2 * row),
    gates: layout.reserve(2 * row),
    logits: layout.reserve(2 * paddedOutputs * 4),
  }
  const instance = instantiate(code, layout.bytes)
  if (!instance) return null
  const { kernel, buffer } = instance
  const float32 = (address: number, length: number) => new Float32Array(buffer, address, length)

  const gridded = (scale: Float64Array) => scale.map((step) => step * GRID)
  pack(recurrentWeights, { kernel, buffer, rows: at.rows, panels: at.recurrent })
  spread(gridded(recurrentWeights.scale), 1, float32(at.recurrentScale, paddedGates))
  pack(headWeights, { kernel, buffer, rows: at.rows, panels: at.head })
  spread(gridded(headWeights.scale), 1, float32(at.headScale, paddedOutputs))
  for (const path of [0, 1])
    spread(dequantize(headBias), 1, float32(at.headBias + path * paddedOutputs * 4, paddedOutputs))
  spread(dequantize(bias), 1, float32(at.bias, paddedGates))
  spread(dequantize(inputWeights), 3, float32(at.input, 3 * paddedGates))

  const h = [float32(at.h, H), float32(at.h + paddedUnits * 4, H)]
  const c = [float32(at.c, H), float32(at.c + paddedUnits * 4, H)]
  const logits = [float32(at.logits, outputs), float32(at.logits + paddedOutputs * 4, outputs)] as const
  /** ys = offsets + scale × (W · hs), of both paths */
  const product = (weights: number, scale: number, offsets: number, ys: number, outputs: number) => {
    kernel.coarsen(at.h, at.h + paddedUnits * 4, at.digits, at.digitsBias, paddedUnits)
    kernel.productOfTwo(weights, at.digits, at.digitsBias, pairs, outputs / PANEL, scale, offsets, ys)
  }

  return {
    begin(state) {
      for (const path of [0, 1]) {
        h[path].set(state.h)
        c[path].set(state.c)
      }
    },
    step(first, second) {
      for (const [path, [dx, dy, pen]] of [first, second].entries())
        kernel.addInputCoarse(at.input, at.bias, at.offsets + path * row, paddedGates, dx, dy, pen)
      product(at.recurrent, at.recurrentScale, at.offsets, at.gates, paddedGates)
      for (const path of [0, 1])
        kernel.activateCoarse(at.gates + path * row, H, at.c + path * paddedUnits * 4, at.h + path * paddedUnits * 4)
    },
    logits() {
      product(at.head, at.headScale, at.headBias, at.logits, paddedOutputs)
      return logits
    },
  }
}
