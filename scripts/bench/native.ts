import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Model, type Movement, Random, type State, type Tensor, type Weights } from '../../src/index.ts'
import { columnsOf, sizeOf } from '../../src/math/tensor.ts'
import type { Bench } from './bench.ts'
import { vector } from './matrix.ts'
import { medianRatio, summaries } from './timing.ts'

const STEPS = 100
const ROUNDS = 25
const AGREEMENT = 1e-4

const run = promisify(execFile)

/** Measures a loop in C, compiled for this processor; the compiler may use wider vectors than WebAssembly has. */
export const native: Bench = {
  title: 'update and get_pdf, beside a loop in C (cc -O3 -march=native)',
  async run({ weights }) {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-native-'))
    try {
      const program = join(folder, 'native-step')
      const source = join(import.meta.dirname, 'native-step.c')
      try {
        await run('cc', ['-O3', '-march=native', '-ffast-math', '-o', program, source, '-lm'])
      } catch (failure) {
        const why = (failure as NodeJS.ErrnoException).code === 'ENOENT' ? 'no C compiler (cc) found' : `${failure}`
        return { timings: {}, ratios: {}, notes: [`not measured: ${why}`] }
      }
      const model = new Model(weights, new Random(4))
      model.set_scale_factor(1)
      const movements = written(model)
      const data = join(folder, 'weights.bin')
      await writeFile(data, dataFile(weights, movements))

      const times: Record<string, number[]> = { longhand: [], C: [] }
      const ours = () => movements.reduce((state, movement) => readOne(model, movement, state), model.zero_state())
      const { h } = ours()
      for (let round = 0; round < ROUNDS; round++) {
        const start = performance.now()
        ours()
        times.longhand.push((performance.now() - start) / STEPS)
        const { stdout } = await run(program, [data, '2']) // the first run fills the caches
        const [, time, hidden] = stdout.split('\n')
        times.C.push(Number(time))
        if (round === 0) check(hidden.trim().split(' ').map(Number), h)
      }
      return { timings: summaries(times), ratios: { 'longhand / C': medianRatio(times.longhand, times.C) } }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

function readOne(model: Model, movement: Movement, state: State): State {
  const next = model.update(movement, state)
  model.get_pdf(next)
  return next
}

function written(model: Model): Movement[] {
  let state = model.zero_state()
  return Array.from({ length: STEPS }, () => {
    const movement = model.sample(model.get_pdf(state))
    state = model.update(movement, state)
    return movement
  })
}

function check(got: number[], expected: Float32Array): void {
  const wrong = got.findIndex((value, j) => !(Math.abs(value - expected[j]) <= AGREEMENT))
  if (wrong >= 0 || got.length !== expected.length)
    throw new Error(`Expected h[${wrong}] = ${expected[wrong]} from C, as in longhand, got ${got[wrong]}.`)
}

function dataFile({ units, mixtures, tensors }: Weights, movements: Movement[]): Uint8Array {
  const { inputWeights, recurrentWeights, bias, headWeights, headBias } = tensors
  return Buffer.concat([
    bytes(Int32Array.of(units, mixtures, movements.length)),
    bytes(Float32Array.from(vector(bias))),
    bytes(Float32Array.from(vector(inputWeights))),
    ...rowsOf(recurrentWeights),
    bytes(Float32Array.from(vector(headBias))),
    ...rowsOf(headWeights),
    bytes(Float32Array.from(movements.flat())),
  ])
}

/** Returns the scales, then the weights with one row per output. */
function rowsOf(tensor: Tensor): Uint8Array[] {
  if (tensor.dtype !== 'int8') throw new TypeError(`Expected int8 weights, got ${tensor.dtype}.`)
  const { data, shape, scale } = tensor
  const outputs = columnsOf(shape)
  const inputs = sizeOf(shape) / outputs
  const rows = Int8Array.from(data, (_, n) => data[(n % inputs) * outputs + Math.floor(n / inputs)])
  return [bytes(Float32Array.from(scale)), bytes(rows)]
}

function bytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
}
