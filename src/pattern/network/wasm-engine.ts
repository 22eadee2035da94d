import { bytesOfKernel } from '../../kernels/bytes.ts'
import { once } from '../../math/once.ts'
import { roundUp } from '../../math/tensor.ts'
import { type Activation, curves } from './activation.ts'
import { EXACT_FORMAT, type KernelFormat, PREVIEW_FORMAT } from './kernel-format.ts'
import { BATCH, type Engine, type PackedLayer, widestOf } from './packed.ts'

/** The exports of kernels/assembly/pattern.ts and pattern-preview.ts, which document the parameters. */
interface Kernel {
  layer(weights: number, bias: number, source: number, target: number, inputs: number, outputs: number): void
  bend: ApplyCurve
  sine: ApplyCurve
  softplus: ApplyCurve
  relu(values: number, end: number): void
  /** only in the preview kernel */
  tanh?: ApplyCurve
}
type ApplyCurve = (values: number, end: number, curve: number) => void

const PAGE = 65536 // bytes, of WebAssembly's memory

/** Returns the exact engine in WebAssembly, which agrees with the plain engine to the bit; undefined where unavailable. */
export const wasmEngine = once(() => tryEngine(EXACT_FORMAT))

/** Returns the fast, approximate engine for previews; undefined where unavailable. */
export const previewEngine = once(() => tryEngine(PREVIEW_FORMAT))

/** Creates an engine, unless WebAssembly or its SIMD is missing, or a page's policy forbids it. */
function tryEngine(format: KernelFormat): Engine | undefined {
  try {
    return createEngine(format)
  } catch {
    return undefined
  }
}

/** Creates an engine with one memory for all of its networks, because a page may have only so many memories. */
function createEngine({ kernel, Numbers, rows, ...format }: KernelFormat): Engine {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const module = new WebAssembly.Module(bytesOfKernel(kernel))
  const run = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernel
  const plane = Numbers.BYTES_PER_ELEMENT * BATCH

  // Align addresses to 32 bytes, the largest piece of a curve. The curves stay at the start of the memory.
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
  const curveAddresses = new Map(Object.values(curves).map((curve) => [curve, write(format.curve(curve, free))]))
  const networkAddress = free

  const activate = (activation: Activation, values: number, end: number): void => {
    if (activation === 'linear') return
    if (activation === 'relu') {
      run.relu(values, end)
      return
    }
    const { [activation as 'sine' | 'softplus' | 'tanh']: apply = run.bend } = run
    apply(values, end, curveAddresses.get(curves[activation]) as number)
  }

  /** The network that is in the memory at present. */
  let loaded: object | undefined
  return (layers) => {
    const self = {}
    const first = layers[0] as PackedLayer
    const last = layers[layers.length - 1] as PackedLayer
    const result = new Float64Array(last.outputs * BATCH)
    let addresses: { weights: number; bias: number }[] = []
    let scratch: [number, number] = [0, 0]
    let input = new Numbers(0)
    let output = input

    const load = () => {
      free = networkAddress
      addresses = layers.map((layer) => {
        const bias = new Float64Array(roundUp(layer.outputs, rows))
        bias.set(layer.bias)
        return { weights: write(format.weights(layer)), bias: write(bias) }
      })
      const planes = Math.max(widestOf(layers), first.inputs) * BATCH
      scratch = [reserve(planes), reserve(planes)]
      // Create views last, because growing the memory detaches its buffer. Clear what other networks left, which may be NaN.
      new Numbers(memory.buffer, scratch[0], 2 * planes).fill(0)
      input = new Numbers(memory.buffer, scratch[0], first.inputs * BATCH)
      output = new Numbers(memory.buffer, scratch[layers.length & 1], result.length)
      loaded = self
    }

    return (source) => {
      if (loaded !== self) load()
      input.set(source)
      for (let n = 0; n < layers.length; n++) {
        const { inputs, outputs, runs } = layers[n] as PackedLayer
        const { weights, bias } = addresses[n] as { weights: number; bias: number }
        const target = scratch[((n + 1) & 1) as 0 | 1]
        run.layer(weights, bias, scratch[(n & 1) as 0 | 1], target, inputs, roundUp(outputs, rows))
        for (const { from, to, activation } of runs) activate(activation, target + from * plane, target + to * plane)
      }
      result.set(output)
      return result
    }
  }
}
