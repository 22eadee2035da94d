import { dequantize, type Int8Tensor } from '../math/tensor.ts'
import type { Weights } from '../weights/file.ts'
import { coarseSigmoid, coarseTanh } from './coarse-gates.ts'
import { COARSE_GRID, MOST_COARSE_UNITS, toCoarseGrid } from './grid.ts'
import type { Input } from './input.ts'
import { addProducts } from './linear.ts'
import { type State, zeroState } from './lstm.ts'
import type { Pair } from './network.ts'

const f32 = Math.fround

/**
 * Creates a pair with states of 16 bits in plain TypeScript: the LSTM of `Lstm` in float32, with hidden states rounded to
 * multiples of 2⁻¹⁵ before they meet the int8 weights. It agrees with the WebAssembly kernel to the bit.
 * @returns null for networks without this coarse arithmetic: float32 weights, or more than MOST_COARSE_UNITS
 */
export function plainPair({ tensors, units: H }: Weights): Pair | null {
  const { recurrentWeights, headWeights } = tensors
  if (recurrentWeights.dtype !== 'int8' || headWeights.dtype !== 'int8' || H > MOST_COARSE_UNITS) return null
  const inputWeights = dequantize(tensors.inputWeights) // (3, 4H)
  const bias = dequantize(tensors.bias) // (4H)
  const headBias = dequantize(tensors.headBias) // (1 + 6M)
  const recurrent = coarseLinear(recurrentWeights)
  const head = coarseLinear(headWeights)
  const states = [zeroState(H), zeroState(H)] as const
  const gates = new Float32Array(4 * H) // scratch
  const logits = [headBias.slice(), headBias.slice()] as const

  /** Computes gates (4H) = b + x Wx, in the order of the inputs. */
  const inputTerm = (x: Input) => {
    gates.set(bias)
    for (let k = 0; k < x.length; k++) {
      const value = f32(x[k])
      const row = k * gates.length
      for (let j = 0; j < gates.length; j++) gates[j] += f32(value * inputWeights[row + j])
    }
  }

  /** Computes one step of a path, in place. */
  const step = (x: Input, { h, c }: State) => {
    inputTerm(x)
    recurrent(h, gates, gates)
    for (let j = 0; j < H; j++) {
      const i = coarseSigmoid(gates[j])
      const g = coarseTanh(gates[j + H])
      const f = coarseSigmoid(gates[j + 2 * H])
      const o = coarseSigmoid(gates[j + 3 * H])
      c[j] = f32(f * c[j]) + f32(i * g)
      h[j] = o * coarseTanh(c[j])
    }
  }

  return {
    begin(start) {
      for (const { h, c } of states) {
        h.set(start.h)
        c.set(start.c)
      }
    },
    step(first, second) {
      step(first, states[0])
      step(second, states[1])
    },
    logits() {
      for (const path of [0, 1]) head(states[path].h, headBias, logits[path])
      return logits
    },
  }
}

/** Creates a linear layer over 16-bit hidden states, y = offset + h W: an exact sum of integers, scaled in float32. */
function coarseLinear({ data, scale }: Int8Tensor) {
  const outputs = scale.length
  const coarse = new Float32Array(data.length / outputs) // (inputs), scratch
  const sums = new Float64Array(outputs) // scratch
  const unit = Float32Array.from(scale, (step) => step / COARSE_GRID)
  return (h: Float32Array, offset: Float32Array, y: Float32Array) => {
    for (let k = 0; k < coarse.length; k++) coarse[k] = toCoarseGrid(h[k])
    addProducts(data, coarse, 1, sums)
    for (let j = 0; j < outputs; j++) y[j] = offset[j] + f32(unit[j] * f32(sums[j]))
  }
}
