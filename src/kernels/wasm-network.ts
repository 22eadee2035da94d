import { columnsOf } from '../math/tensor.ts'
import { MOST_COARSE_UNITS } from '../network/grid.ts'
import type { State } from '../network/lstm.ts'
import { mixtureOver } from '../network/mixture.ts'
import type { Network } from '../network/network.ts'
import { steppedPair } from '../network/stepped-pair.ts'
import type { Weights } from '../weights/file.ts'
import { PANEL } from './layout.ts'
import { packNetwork } from './packed-network.ts'
import { coarsePair } from './wasm-pair.ts'

/** Creates the network in WebAssembly; null where that is not available, see `packNetwork`. */
export function wasmNetwork(weights: Weights): Network | null {
  const packed = packNetwork(weights)
  if (!packed) return null
  const { kernel, units: H, mixtures: M, paddedGates, paddedUnits, paddedOutputs, inputPairs, at } = packed
  const h = packed.float32(at.h, H)
  const c = packed.float32(at.c, H)
  const nextC = at.next + 4 * paddedUnits
  const next = packed.float32(at.next, 2 * paddedUnits) // h, then c
  const logits = packed.float64(at.logits, columnsOf(weights.tensors.headWeights.shape))
  const components = packed.float64(at.logits + 8, 6 * M)

  /** y = offset + scale × (W h), for the hidden state in the memory. */
  const product = (matrix: number, scale: number, offset: number, y: number, outputs: number) => {
    kernel.split(at.h, at.digits, at.digitsBias, paddedUnits)
    kernel.product(matrix, at.digits, at.digitsBias, inputPairs, outputs / PANEL, scale, offset, y)
  }

  const network: Network = {
    kernel: 'wasm',
    step([dx, dy, pen], state): State {
      h.set(state.h)
      c.set(state.c)
      kernel.addInput(at.input, at.bias, at.offset, paddedGates, Math.fround(dx), Math.fround(dy), Math.fround(pen))
      product(at.recurrent, at.recurrentScale, at.offset, at.gates, paddedGates)
      kernel.activate(at.gates, H, at.c, nextC, at.next, at.powers)
      const both = next.slice().buffer // one allocation is faster than two
      return { h: new Float32Array(both, 0, H), c: new Float32Array(both, 4 * paddedUnits, H) }
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
    pair: () => (H <= MOST_COARSE_UNITS ? coarsePair(packed) : steppedPair(network)),
  }
  return network
}
