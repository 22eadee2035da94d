import { wasmNetwork } from '../kernels/wasm-network.ts'
import { wasmTextNetwork } from '../kernels/wasm-text-network.ts'
import type { Network } from '../network/network.ts'
import { plainNetwork } from '../network/plain-network.ts'
import { plainTextNetwork } from '../network/plain-text-network.ts'
import type { TextNetwork } from '../network/text-network.ts'
import type { Weights } from '../weights/file.ts'
import type { TextWeights } from '../weights/text-file.ts'

/** Creates the network of some weights, with the plain kernel where WebAssembly is not available. */
export function createNetwork(weights: Weights, kernel: 'wasm' | 'plain' = 'wasm'): Network {
  return (kernel === 'wasm' ? wasmNetwork(weights) : null) ?? plainNetwork(weights)
}

/** Creates a text network, with the plain kernel where WebAssembly is not available. */
export function createTextNetwork(weights: TextWeights, kernel: 'wasm' | 'plain' = 'wasm'): TextNetwork {
  return (kernel === 'wasm' ? wasmTextNetwork(weights) : null) ?? plainTextNetwork(weights)
}
