import { bytesOfKernel } from '../../kernels/bytes.ts'
import { KERNEL } from '../../kernels/generated/pattern.ts'
import { KERNEL as PREVIEW_KERNEL } from '../../kernels/generated/pattern-preview.ts'
import { roundUp } from '../../math/tensor.ts'
import { type Activation, curves } from './activation.ts'
import type { Curve } from './lookup-curve.ts'
import { BATCH, type Engine, type PackedLayer, widestOf } from './packed.ts'

/**
 * The engines in WebAssembly, each an engine or nothing: where WebAssembly is missing, forbidden by the page, or without
 * several numbers at a time. All painters with the same engine share one memory, since a page may have only so many.
 */

/** The exports of wasm/assembly/pattern-kernel.ts and swift-kernel.ts, where every number is explained. */
interface Kernel {
  layer(weights: number, bias: number, source: number, target: number, inputs: number, outputs: number): void
  bend: Along
  sine: Along
  softplus: Along
  relu(values: number, end: number): void
  /** of the swift one alone */
  tanh?: Along
}
type Along = (values: number, end: number, curve: number) => void

/** What a kernel wants its numbers to be, and in which order. */
interface Form {
  readonly kernel: string
  readonly Numbers: Float64ArrayConstructor | Float32ArrayConstructor
  /** outputs of a layer at a time */
  readonly rows: number
  /** low, density, pieces, where the table is, and the table of a curve at an address */
  curve(curve: Curve, address: number): Float64Array
  /** a layer's weights */
  weights(layer: PackedLayer): Float64Array
}

const PAGE = 65536

/** The engine of `plain.ts` on pairs of float64: the same operations in the same order, and so the same bits. */
export const wasmEngine = whereThereIs({
  kernel: KERNEL,
  Numbers: Float64Array,
  rows: 2,
  curve: ({ low, density, pieces, table }, address) =>
    Float64Array.of(low, density, pieces, 2 ** 47 + (address + 32) / 32, ...table),
  weights: ({ weights }) => weights,
})

// tanh as the swift kernel has it: the quotient whose largest error is least, 4.3e-5 in −5…5 and 1.3e-4 outside
const TANH = [-5, 5, 79.1045811, 8.04827093, 0.0518182351, 79.1196051, 34.377763]

/**
 * An engine in float32, four pixels at a time and with straight pieces for curves: more than twice as fast, and off by
 * about a 255th, for pictures under a hand that drags.
 */
export const previewEngine = whereThereIs({
  kernel: PREVIEW_KERNEL,
  Numbers: Float32Array,
  rows: 4,
  curve(curve, address) {
    if (curve === curves.tanh) return Float64Array.from(TANH)
    const { low, density, pieces, table } = curve
    const numbers = Float64Array.of(
      low,
      density,
      pieces,
      2 ** 20 + (address + 16) / 8,
      ...new Float64Array(2 * pieces + 2),
    )
    // straight from the beginning to the end of every cubic piece
    for (let n = 0, k = 0; n <= pieces; n++, k += 4)
      numbers.set([table[k], table[k + 1] + table[k + 2] + table[k + 3]], 4 + 2 * n)
    return numbers
  },
  weights({ inputs, outputs, weights }) {
    // (outputs, inputs) to (outputs / 4, inputs, 4)
    const packed = new Float64Array(inputs * roundUp(outputs, 4))
    for (let row = 0; row < outputs; row++)
      for (let column = 0; column < inputs; column++)
        packed[((row >> 2) * inputs + column) * 4 + (row & 3)] = weights[row * inputs + column]
    return packed
  },
})

/** The engine of a form, made when it is first asked for. */
function whereThereIs(form: Form): () => Engine | undefined {
  let engine: Engine | undefined
  let isTried = false
  return () => {
    if (!isTried) {
      isTried = true
      try {
        engine = createEngine(form)
      } catch {
        engine = undefined
      }
    }
    return engine
  }
}

function createEngine({ kernel, Numbers, rows, ...form }: Form): Engine {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(bytesOfKernel(kernel))
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel
  const plane = Numbers.BYTES_PER_ELEMENT * BATCH

  // Addresses are in bytes, whole pieces of any curve; the curves stay at the beginning.
  let free = 0
  const reserve = (numbers: number) => {
    const address = free
    free += roundUp(Numbers.BYTES_PER_ELEMENT * numbers, 32)
    const pages = Math.ceil(free / PAGE) - memory.buffer.byteLength / PAGE
    if (pages > 0) memory.grow(pages)
    return address
  }
  const write = (values: Float64Array) => {
    const address = reserve(values.length)
    new Numbers(memory.buffer, address, values.length).set(values)
    return address
  }
  const curveAt = new Map(Object.values(curves).map((curve) => [curve, write(form.curve(curve, free))]))
  const ownersPart = free

  const bend = (activation: Activation, values: number, end: number): void => {
    if (activation === 'linear') return
    if (activation === 'relu') {
      run.relu(values, end)
      return
    }
    const { [activation as 'sine' | 'softplus' | 'tanh']: way = run.bend } = run
    way(values, end, curveAt.get(curves[activation]) as number)
  }

  let owner: object | undefined
  return (layers) => {
    const self = {}
    const first = layers[0] as PackedLayer
    const last = layers[layers.length - 1] as PackedLayer
    const answers = new Float64Array(last.outputs * BATCH)
    let places: { weights: number; bias: number }[] = []
    let scratch: [number, number] = [0, 0]
    let input = new Numbers(0)
    let output = input

    const own = () => {
      free = ownersPart
      places = layers.map((layer) => {
        const bias = new Float64Array(roundUp(layer.outputs, rows))
        bias.set(layer.bias)
        return { weights: write(form.weights(layer)), bias: write(bias) }
      })
      const planes = Math.max(widestOf(layers), first.inputs) * BATCH
      scratch = [reserve(planes), reserve(planes)]
      // Growing memory has another buffer: the views come last. What is left there of others has to be a number.
      new Numbers(memory.buffer, scratch[0], 2 * planes).fill(0)
      input = new Numbers(memory.buffer, scratch[0], first.inputs * BATCH)
      output = new Numbers(memory.buffer, scratch[layers.length & 1], answers.length)
      owner = self
    }

    return (source) => {
      if (owner !== self) own()
      input.set(source)
      for (let n = 0; n < layers.length; n++) {
        const { inputs, outputs, runs } = layers[n] as PackedLayer
        const { weights, bias } = places[n] as { weights: number; bias: number }
        const target = scratch[((n + 1) & 1) as 0 | 1]
        run.layer(weights, bias, scratch[(n & 1) as 0 | 1], target, inputs, roundUp(outputs, rows))
        for (const { from, to, activation } of runs) bend(activation, target + from * plane, target + to * plane)
      }
      answers.set(output)
      return answers
    }
  }
}
