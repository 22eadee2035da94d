// What the benchmark uses of numjs, which brings no types.
declare module 'numjs' {
  interface NdArray {
    readonly shape: number[]
    readonly T: NdArray
    get(...index: number[]): number
    slice(...ranges: ([number, number] | number | null)[]): NdArray
    add(other: NdArray | number): NdArray
    subtract(other: NdArray | number): NdArray
    multiply(other: NdArray | number): NdArray
    divide(other: NdArray | number): NdArray
    exp(): NdArray
    max(): number
    sum(): number
    tolist(): number[]
  }
  const nj: {
    array(values: ArrayLike<number> | number[][], dtype?: string): NdArray
    zeros(size: number, dtype?: string): NdArray
    concatenate(...arrays: NdArray[]): NdArray
    dot(a: NdArray, b: NdArray): NdArray
    sigmoid(x: NdArray): NdArray
    tanh(x: NdArray): NdArray
    exp(x: NdArray): NdArray
    log(x: NdArray): NdArray
  }

  export type { NdArray }
  export default nj
}
