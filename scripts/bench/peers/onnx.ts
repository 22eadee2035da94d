import * as ort from 'onnxruntime-web/wasm'
import type { Peer } from '../bench.ts'
import { onnxFile } from './onnx-file.ts'

/** onnxruntime-web, WebAssembly, one thread. */
export const peer: Peer = {
  name: 'onnxruntime-web',
  async open(weights, assets) {
    ort.env.logLevel = 'error'
    ort.env.wasm.numThreads = 1
    ort.env.wasm.wasmPaths = assets
    const options = { executionProviders: ['wasm'], graphOptimizationLevel: 'all' }
    const session = await ort.InferenceSession.create(onnxFile(weights), options)
    const zeros = () => new ort.Tensor('float32', new Float32Array(weights.units), [1, 1, weights.units])
    let h = zeros()
    let c = zeros()
    return {
      name: 'onnxruntime-web',
      async step(movement) {
        const x = new ort.Tensor('float32', Float32Array.from(movement), [1, 1, 3])
        const { nextH, nextC, logits } = await session.run({ x, h, c })
        h = nextH
        c = nextC
        return logits.data
      },
    }
  },
}
