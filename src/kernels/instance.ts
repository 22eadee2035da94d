import { bytesOfKernel } from './bytes.ts'
import { KERNEL } from './generated/handwriting.ts'

/** The exports of assembly/handwriting.ts, where each argument is documented: addresses and counts. */
export interface Kernel {
  split(h: number, digits: number, bias: number, count: number): void
  packPair(first: number, second: number, out: number, step: number, panels: number): void
  product(
    weights: number,
    digits: number,
    bias: number,
    pairs: number,
    panels: number,
    scale: number,
    offset: number,
    y: number,
  ): void
  addInput(weights: number, bias: number, offset: number, count: number, dx: number, dy: number, pen: number): void
  activate(gates: number, units: number, c: number, nextC: number, nextH: number, powers: number): void
  mixture(logits: number, components: number): void
  coarsen(first: number, second: number, digits: number, bias: number, count: number): void
  productOfTwo(
    weights: number,
    digits: number,
    bias: number,
    pairs: number,
    panels: number,
    scale: number,
    offsets: number,
    ys: number,
  ): void
  addInputCoarse(
    weights: number,
    bias: number,
    offset: number,
    count: number,
    dx: number,
    dy: number,
    pen: number,
  ): void
  activateCoarse(gates: number, units: number, c: number, h: number): void
  addRow(row: number, y: number, count: number, value: number): void
  productOfFloats(weights: number, x: number, inputs: number, count: number, offset: number, y: number): void
}

let module: WebAssembly.Module | null | undefined

/** Compiles the kernel on first use. Null where WebAssembly or its SIMD is missing, or a page's policy forbids it. */
export function compiledKernel(): WebAssembly.Module | null {
  if (module === undefined) {
    try {
      module = new WebAssembly.Module(bytesOfKernel(KERNEL))
    } catch {
      module = null
    }
  }
  return module
}

/** Creates a kernel instance with its own memory; null if the browser cannot allocate it. */
export function instantiate(module: WebAssembly.Module, bytes: number): { kernel: Kernel; buffer: ArrayBuffer } | null {
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65536) })
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    return { kernel: exports as unknown as Kernel, buffer: memory.buffer }
  } catch {
    return null
  }
}
