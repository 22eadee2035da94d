import { wasmNetwork } from '../kernels/wasm-network.ts'
import type { Network } from '../network/network.ts'
import { plainNetwork } from '../network/plain-network.ts'
import type { Weights } from '../weights/file.ts'

/** Creates the network of some weights, with the plain kernel where WebAssembly is not available. */
export function createNetwork(weights: Weights, kernel: 'wasm' | 'plain' = 'wasm'): Network {
  return (kernel === 'wasm' ? wasmNetwork(weights) : null) ?? plainNetwork(weights)
}
