// Types of the parts of numjs that the benchmark uses; the package has none.
declare module 'numjs' {
  interface NdArray {
    readonly shape: number[]
    readonly T: NdArray
    get(...index: number[]): number
    set(index: number, value: number): void
    slice(...ranges: ([number, number] | number | null)[]): NdArray
    divide(other: NdArray | number): NdArray
    multiply(other: NdArray | number): NdArray
    max(): number
    sum(): number
    tolist(): number[]
  }
  const nj: {
    array(values: ArrayLike<number> | number[][], dtype?: string): NdArray
    zeros(size: number, dtype?: string): NdArray
    concatenate(...arrays: NdArray[]): NdArray
    dot(a: NdArray, b: NdArray): NdArray
    add(a: NdArray, b: NdArray | number): NdArray
    subtract(a: NdArray, b: NdArray | number): NdArray
    multiply(a: NdArray, b: NdArray | number): NdArray
    divide(a: NdArray, b: NdArray | number): NdArray
    sigmoid(x: NdArray): NdArray
    tanh(x: NdArray): NdArray
    exp(x: NdArray): NdArray
    softmax(x: NdArray): NdArray
  }

  export type { NdArray }
  export default nj
}
