import { dequantize } from '../math/tensor.ts'
import type { Weights } from '../weights/file.ts'
import { onGrid } from './grid.ts'
import { plainLinear } from './linear.ts'
import { Lstm } from './lstm.ts'
import { mixtureFromLogits } from './mixture.ts'
import type { Network } from './network.ts'
import { plainPair } from './plain-pair.ts'
import { steppedPair } from './stepped-pair.ts'

/**
 * Creates the network in plain TypeScript: the readable reference, and the fallback where WebAssembly is not available.
 *
 *     h, c = LSTM([dx, dy, pen], h, c)      (3), (H), (H) -> (H), (H)
 *     logits = h Wo + bo                    (H) (H, 1 + 6M) + (1 + 6M)
 *     mixture = decode(logits)              (1 + 6M) -> eos, and pi, mu1, mu2, sigma1, sigma2, rho (M) each
 */
export function plainNetwork(weights: Weights): Network {
  const { tensors, mixtures } = weights
  const lstm = new Lstm(tensors.inputWeights, tensors.recurrentWeights, tensors.bias)
  const head = plainLinear(tensors.headWeights) // (H, 1 + 6M)
  const bias = Float64Array.from(dequantize(tensors.headBias))
  const x = new Float32Array(head.inputs) // (H), scratch
  const logits = new Float64Array(head.outputs)
  const network: Network = {
    kernel: 'plain',
    step: (input, state) => lstm.step(input, state),
    logits(h) {
      for (let j = 0; j < x.length; j++) x[j] = onGrid(h[j])
      head.apply(x, bias, logits)
      return logits
    },
    mixture: (h) => mixtureFromLogits(network.logits(h), mixtures),
    pair: () => plainPair(weights) ?? steppedPair(network),
  }
  return network
}
