import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { Peer } from '../bench.ts'
import { vector } from '../matrix.ts'

/** tfjs, WebAssembly backend, one thread; the cell is written in its basic operations. */
export const peer: Peer = {
  name: 'tfjs wasm',
  async open({ units: H, tensors }, assets) {
    setWasmPaths(assets)
    setThreadsCount(1)
    if (!(await tf.setBackend('wasm')))
      throw new Error(`Expected the WebAssembly files of tfjs in ${assets}, got none.`)
    await tf.ready()
    const { inputWeights, recurrentWeights, bias, headWeights, headBias } = tensors
    const outputs = headBias.shape[0]
    const gateWeights = tf.tensor2d([...vector(inputWeights), ...vector(recurrentWeights)], [3 + H, 4 * H])
    const gateBias = tf.tensor1d(vector(bias)) // only a vector is fused with the product
    const outWeights = tf.tensor2d(vector(headWeights), [H, outputs])
    const outBias = tf.tensor1d(vector(headBias))

    let h = tf.zeros([1, H])
    let c = tf.zeros([1, H])
    return {
      name: 'tfjs wasm',
      step(movement) {
        const next = tf.tidy(() => {
          const x = tf.concat([tf.tensor2d(movement, [1, 3]), h], 1)
          const [i, g, f, o] = tf.split(tf.fused.matMul({ a: x, b: gateWeights, bias: gateBias }), 4, 1)
          const cell = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)))
          const hidden = tf.mul(tf.sigmoid(o), tf.tanh(cell))
          return { h: hidden, c: cell, logits: tf.fused.matMul({ a: hidden, b: outWeights, bias: outBias }) }
        })
        for (const old of [h, c]) old.dispose()
        h = next.h
        c = next.c
        const logits = next.logits.dataSync()
        next.logits.dispose()
        return logits
      },
    }
  },
}
