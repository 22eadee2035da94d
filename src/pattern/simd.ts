import { bytesOfKernel } from '../wasm/bytes.ts'
import { KERNEL } from '../wasm/pattern-kernel.ts'
import { type Activation, curves } from './activation.ts'
import type { Curve } from './curve.ts'
import { BATCH, type Engine, type PackedLayer, widestOf } from './packed.ts'

/**
 * The engine of `plain.ts` on pairs of float64, in WebAssembly: the same operations in the same order, and so the same
 * bits. All painters share one memory, since a page may have only so many.
 */

const PLANE = 8 * BATCH

/** The exports of wasm/assembly/pattern-kernel.ts, where every number is explained. */
interface Kernel {
  layer(weights: number, bias: number, source: number, target: number, inputs: number, outputs: number): void
  bend: Along
  sine: Along
  softplus: Along
  relu(values: number, end: number): void
}
type Along = (values: number, end: number, curve: number) => void

const PAGE = 65536

let engine: Engine | undefined
let isTried = false

/** The engine, or nothing where WebAssembly is missing, forbidden by the page, or without pairs of numbers. */
export function simdEngine(): Engine | undefined {
  if (!isTried) {
    isTried = true
    try {
      engine = createEngine()
    } catch {
      engine = undefined
    }
  }
  return engine
}

function createEngine(): Engine {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(bytesOfKernel(KERNEL))
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel

  // Addresses are in bytes; the curves stay at the beginning.
  let free = 0
  const reserve = (numbers: number) => {
    const address = free
    free += 8 * numbers
    const pages = Math.ceil(free / PAGE) - memory.buffer.byteLength / PAGE
    if (pages > 0) memory.grow(pages)
    return address
  }
  const write = (values: Float64Array) => {
    const address = reserve(values.length + (values.length & 1))
    new Float64Array(memory.buffer, address, values.length).set(values)
    return address
  }
  const curveAt = new Map(Object.values(curves).map((curve) => [curve, write(inMemory(curve, free))]))
  const ownersPart = free

  const bend = (activation: Activation, values: number, end: number): void => {
    if (activation === 'linear') return
    if (activation === 'relu') {
      run.relu(values, end)
      return
    }
    const way = activation === 'sine' ? run.sine : activation === 'softplus' ? run.softplus : run.bend
    way(values, end, curveAt.get(curves[activation]) as number)
  }

  let owner: object | undefined
  return (layers) => {
    const self = {}
    const first = layers[0] as PackedLayer
    let places: { weights: number; bias: number }[] = []
    let scratch: [number, number] = [0, 0]
    let input = new Float64Array(0)
    let output = input

    const own = () => {
      free = ownersPart
      places = layers.map(({ weights, bias }) => ({ weights: write(weights), bias: write(bias) }))
      const planes = Math.max(widestOf(layers), first.inputs) * BATCH
      scratch = [reserve(planes), reserve(planes)]
      // Growing memory has another buffer: the views come last. What is left there of others has to be a number.
      new Float64Array(memory.buffer, scratch[0], 2 * planes).fill(0)
      input = new Float64Array(memory.buffer, scratch[0], first.inputs * BATCH)
      output = new Float64Array(memory.buffer, scratch[layers.length & 1], planes)
      owner = self
    }

    return (source) => {
      if (owner !== self) own()
      input.set(source)
      for (let n = 0; n < layers.length; n++) {
        const { inputs, outputs, runs } = layers[n] as PackedLayer
        const { weights, bias } = places[n] as { weights: number; bias: number }
        const target = scratch[((n + 1) & 1) as 0 | 1]
        run.layer(weights, bias, scratch[(n & 1) as 0 | 1], target, inputs, outputs)
        for (const { from, to, activation } of runs) bend(activation, target + from * PLANE, target + to * PLANE)
      }
      return output
    }
  }
}

/** A curve as the kernel reads it, at an address. */
function inMemory({ low, density, pieces, table }: Curve, address: number): Float64Array {
  const numbers = new Float64Array(4 + table.length)
  numbers.set([low, density, pieces, 2 ** 47 + (address + 32) / 32])
  numbers.set(table, 4)
  return numbers
}
