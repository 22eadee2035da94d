import { type Activation, curves } from './activation.ts'
import { BATCH, type Engine, INPUT_COLUMNS, OUTPUT_ROWS, type PackedLayer, widestOf } from './packed.ts'
import {
  absolutes,
  add,
  bitsOf,
  both,
  type Code,
  differences,
  floors,
  get,
  greater,
  highs,
  integer,
  lesser,
  load,
  loadBoth,
  loop,
  lows,
  number,
  products,
  set,
  shiftLeft,
  store,
  sums,
  times,
  type WasmFunction,
  wasmModule,
} from './wasm.ts'

/**
 * The engine of `plain.ts` on pairs of float64, in WebAssembly: the same operations in the same order, and so the same
 * bits. All painters share one memory, since a page may have only so many.
 */

const PLANE = 8 * BATCH
const PAIR = 16

/** weights (outputs, inputs), bias (outputs), source (inputs, BATCH), target (outputs, BATCH): addresses */
const layer: WasmFunction = (() => {
  const [weights, bias, source, target, inputs, outputs] = [0, 1, 2, 3, 4, 5]
  const [row, column, pixel, upper, lower, from, to, end] = [6, 7, 8, 9, 10, 11, 12, 13]
  const weight = (line: number, k: number) => 14 + INPUT_COLUMNS * line + k
  const x = (k: number) => 14 + INPUT_COLUMNS * OUTPUT_ROWS + k
  const columns = [0, 1, 2, 3]
  const lines = [0, 1]
  const product = (line: number, k: number) => products(get(weight(line, k)), get(x(k)))
  const addProducts = (line: number, offset: number) =>
    store(
      get(to),
      sums(
        load(get(to), line * PLANE + offset),
        sums(sums(product(line, 0), product(line, 1)), sums(product(line, 2), product(line, 3))),
      ),
      line * PLANE + offset,
    )
  const pair = (offset: number) =>
    [
      ...columns.map((k) => set(x(k), load(get(from), k * PLANE + offset))),
      ...lines.map((line) => addProducts(line, offset)),
    ].flat()
  const body = [
    set(upper, get(weights)),
    set(row, integer(0)),
    loop(
      row,
      OUTPUT_ROWS,
      get(outputs),
      set(lower, add(get(upper), shiftLeft(get(inputs), 3))),
      set(end, add(get(target), integer(PLANE))),
      set(to, get(target)),
      // the sums begin with the bias
      ...lines.map((line) => set(x(line), loadBoth(get(bias), 8 * line))),
      loop(to, PAIR, get(end), ...lines.map((line) => store(get(to), get(x(line)), line * PLANE))),
      set(column, integer(0)),
      loop(
        column,
        INPUT_COLUMNS,
        get(inputs),
        ...columns.flatMap((k) => [
          set(weight(0, k), loadBoth(get(upper), 8 * k)),
          set(weight(1, k), loadBoth(get(lower), 8 * k)),
        ]),
        set(upper, add(get(upper), integer(8 * INPUT_COLUMNS))),
        set(lower, add(get(lower), integer(8 * INPUT_COLUMNS))),
        set(from, add(get(source), times(get(column), integer(PLANE)))),
        set(to, get(target)),
        set(pixel, integer(0)),
        loop(
          pixel,
          2,
          integer(BATCH / 2),
          pair(0),
          pair(PAIR),
          set(from, add(get(from), integer(2 * PAIR))),
          set(to, add(get(to), integer(2 * PAIR))),
        ),
      ),
      set(upper, get(lower)),
      set(bias, add(get(bias), integer(8 * OUTPUT_ROWS))),
      set(target, add(get(target), integer(OUTPUT_ROWS * PLANE))),
    ),
  ]
  return {
    name: 'layer',
    parameters: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'],
    locals: [...Array(8).fill('i32'), ...Array(INPUT_COLUMNS * OUTPUT_ROWS + INPUT_COLUMNS).fill('v128')],
    body: body.flat(),
  }
})()

/**
 * A curve over the numbers from address values to end.
 * @param before what is looked up instead of a number z
 * @param after what becomes of the curve there
 */
function along(name: string, before: (z: Code) => Code, after: (value: Code, z: Code) => Code): WasmFunction {
  const [values, end, table, low, density, pieces] = [0, 1, 2, 3, 4, 5]
  const [first, second, z, u, n, t, lowest, dense, last, ab0, cd0, ab1, cd1] = [
    6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
  ]
  // The sum has the integer in its lowest bits.
  const bits = sums(get(n), both(number(2 ** 52)))
  const piece = (half: 0 | 1) => add(get(table), shiftLeft(bitsOf(get(u), half), 5))
  const horner = [lows(get(cd0), get(cd1)), highs(get(ab0), get(ab1)), lows(get(ab0), get(ab1))].reduce(
    (value, coefficient) => sums(products(value, get(t)), coefficient),
    highs(get(cd0), get(cd1)),
  )
  const body = [
    set(lowest, both(get(low))),
    set(dense, both(get(density))),
    set(last, both(get(pieces))),
    loop(
      values,
      PAIR,
      get(end),
      set(z, load(get(values))),
      set(u, products(differences(before(get(z)), get(lowest)), get(dense))),
      set(u, lesser(greater(get(u), both(number(0))), get(last))),
      set(n, floors(get(u))),
      set(t, differences(get(u), get(n))),
      set(u, bits),
      set(first, piece(0)),
      set(second, piece(1)),
      set(ab0, load(get(first))),
      set(cd0, load(get(first), PAIR)),
      set(ab1, load(get(second))),
      set(cd1, load(get(second), PAIR)),
      store(get(values), after(horner, get(z))),
    ),
  ]
  return {
    name,
    parameters: ['i32', 'i32', 'i32', 'f64', 'f64', 'f64'],
    locals: ['i32', 'i32', ...Array(11).fill('v128')],
    body: body.flat(),
  }
}

const zeros = both(number(0))
const turns = (z: Code) => products(z, both(number(1 / (2 * Math.PI))))
const functions: readonly WasmFunction[] = [
  layer,
  along(
    'bend',
    (z) => z,
    (value) => value,
  ),
  along(
    'sine',
    (z) => differences(turns(z), floors(turns(z))),
    (value) => value,
  ),
  along('softplus', absolutes, (value, z) => sums(value, greater(z, zeros))),
  {
    name: 'relu',
    parameters: ['i32', 'i32'],
    locals: [],
    body: loop(0, PAIR, get(1), store(get(0), greater(load(get(0)), zeros))),
  },
]

interface Exports {
  layer(weights: number, bias: number, source: number, target: number, inputs: number, outputs: number): void
  bend: Along
  sine: Along
  softplus: Along
  relu(values: number, end: number): void
}
type Along = (values: number, end: number, table: number, low: number, density: number, pieces: number) => void

interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** Of the web's and Node's WebAssembly what is used here. */
interface Api {
  Memory: new (size: { initial: number }) => Memory
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  Instance: new (module: object, imports: object) => { exports: unknown }
}

const PAGE = 65536

let engine: Engine | undefined
let isTried = false

/** The engine, or nothing where WebAssembly is missing, forbidden by the page, or without pairs of numbers. */
export function simdEngine(): Engine | undefined {
  if (!isTried) {
    isTried = true
    try {
      engine = createEngine((globalThis as unknown as { WebAssembly: Api }).WebAssembly)
    } catch {
      engine = undefined
    }
  }
  return engine
}

function createEngine(api: Api): Engine {
  const memory = new api.Memory({ initial: 1 })
  const module = new api.Module(wasmModule(functions))
  const run = new api.Instance(module, { memory: { memory } }).exports as Exports

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
  const tables = new Map(Object.values(curves).map((curve) => [curve, write(curve.table)]))
  const ownersPart = free

  const bend = (activation: Activation, values: number, end: number): void => {
    if (activation === 'linear') return
    if (activation === 'relu') {
      run.relu(values, end)
      return
    }
    const curve = curves[activation]
    const { low, density, pieces } = curve
    const way = activation === 'sine' ? run.sine : activation === 'softplus' ? run.softplus : run.bend
    way(values, end, tables.get(curve) as number, low, density, pieces)
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
      output = new Float64Array(memory.buffer, scratch[layers.length & 1] as number, planes)
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
