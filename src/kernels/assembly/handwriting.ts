// The hot loops in AssemblyScript, compiled to WebAssembly by scripts/build/kernel.ts. Every number here is an address or
// a count: src/wasm/network.ts lays the memory out and says what lies where.
//
// Bits agree with the plain TypeScript by construction: the products are sums of integers, exact in any order, and the
// rest does the same float64 operations in the same order, two numbers at a time.

export { activateCoarse, addInputCoarse, coarsen } from './coarse'
export { addInput, packPair, split } from './exact'
export { activate } from './gates'
export { mixture } from './mixture'
export { product, productOfTwo } from './product'
