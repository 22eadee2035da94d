// The hot loops of the handwriting network in AssemblyScript, compiled to WebAssembly by scripts/build/kernel.ts. All numbers are
// addresses or counts; packed-network.ts lays out the memory.
//
// Results agree with plain TypeScript to the bit by construction: products are sums of integers, exact in any order, and
// everything else does the same float64 operations in the same order, two numbers at a time.

export { activateCoarse, addInputCoarse, coarsen } from './coarse'
export { addInput, packPair, split } from './exact'
export { activate } from './gates'
export { mixture } from './mixture'
export { product, productOfTwo } from './product'
export { addRow, productOfFloats } from './rows'
