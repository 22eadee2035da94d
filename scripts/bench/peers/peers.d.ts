// Types of the parts of each library that the benchmark uses, so that it type-checks without them.
declare module 'onnxruntime-web/wasm' {
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: number[])
    readonly data: Float32Array
  }
  export const env: { logLevel: string; wasm: { numThreads: number; wasmPaths: string } }
  export const InferenceSession: {
    create(
      model: Uint8Array,
      options: { executionProviders: string[]; graphOptimizationLevel: string },
    ): Promise<{ run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> }>
  }
}

declare module '@tensorflow/tfjs-core' {
  export interface Tensor2D {
    dataSync(): Float32Array
    dispose(): void
  }
  export interface Tensor1D {
    dispose(): void
  }
  export function tensor1d(values: ArrayLike<number>): Tensor1D
  export function tensor2d(values: ArrayLike<number>, shape: [number, number]): Tensor2D
  export function zeros(shape: [number, number]): Tensor2D
  export function tidy<T>(run: () => T): T
  export function concat(tensors: Tensor2D[], axis: number): Tensor2D
  export function split(tensor: Tensor2D, parts: number, axis: number): Tensor2D[]
  export function add(a: Tensor2D, b: Tensor2D): Tensor2D
  export function mul(a: Tensor2D, b: Tensor2D): Tensor2D
  export function sigmoid(x: Tensor2D): Tensor2D
  export function tanh(x: Tensor2D): Tensor2D
  export const fused: { matMul(options: { a: Tensor2D; b: Tensor2D; bias: Tensor1D }): Tensor2D }
  export function setBackend(name: string): Promise<boolean>
  export function ready(): Promise<void>
}

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void
  export function setThreadsCount(count: number): void
}
