import { zeroState } from '../network/lstm.ts'
import type { Pair } from '../network/network.ts'
import { logitCount } from '../weights/logit-count.ts'
import { PANEL } from './layout.ts'
import type { PackedNetwork } from './packed-network.ts'

/**
 * Creates a pair with states of 16 bits. All pairs of a network share its weights and work area; a pair keeps only its own
 * states, copied in and out at each step, so pairs cost next to nothing.
 */
export function coarsePair(packed: PackedNetwork): Pair {
  const { kernel, units: H, mixtures, paddedGates, paddedUnits, paddedOutputs, inputPairs, at } = packed
  const { coarse } = at
  const state = [zeroState(paddedUnits), zeroState(paddedUnits)] // zeros past H, where a step leaves other numbers
  const address = (base: number, path: number, stride: number) => base + 4 * path * stride
  const h = [0, 1].map((path) => packed.float32(address(coarse.h, path, paddedUnits), paddedUnits))
  const c = [0, 1].map((path) => packed.float32(address(coarse.c, path, paddedUnits), paddedUnits))
  const logits = [0, 1].map((path) => packed.float32(address(coarse.logits, path, paddedOutputs), logitCount(mixtures)))

  /** ys = offsets + scale × (W hs), for the hidden states of both paths in the memory. */
  const product = (matrix: number, scale: number, offsets: number, ys: number, outputs: number) => {
    kernel.coarsen(coarse.h, address(coarse.h, 1, paddedUnits), at.digits, at.digitsBias, paddedUnits)
    kernel.productOfTwo(matrix, at.digits, at.digitsBias, inputPairs, outputs / PANEL, scale, offsets, ys)
  }

  return {
    begin(start) {
      for (const path of [0, 1]) {
        state[path].h.set(start.h)
        state[path].c.set(start.c)
      }
    },
    step(first, second) {
      for (const [path, [dx, dy, pen]] of [first, second].entries()) {
        h[path].set(state[path].h)
        c[path].set(state[path].c)
        kernel.addInputCoarse(at.input, at.bias, address(coarse.offsets, path, paddedGates), paddedGates, dx, dy, pen)
      }
      product(at.recurrent, at.coarseRecurrentScale, coarse.offsets, coarse.gates, paddedGates)
      for (const path of [0, 1]) {
        kernel.activateCoarse(
          address(coarse.gates, path, paddedGates),
          H,
          address(coarse.c, path, paddedUnits),
          address(coarse.h, path, paddedUnits),
        )
        state[path].h.set(h[path].subarray(0, H))
        state[path].c.set(c[path].subarray(0, H))
      }
    },
    logits() {
      for (const path of [0, 1]) h[path].set(state[path].h)
      product(at.head, at.coarseHeadScale, at.coarseHeadBias, coarse.logits, paddedOutputs)
      return [logits[0], logits[1]]
    },
  }
}
