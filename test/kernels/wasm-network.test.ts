import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { compileKernel, generatedFile } from '../../scripts/build/kernel.ts'
import { root } from '../../scripts/build/root.ts'
import * as longhand from '../../src/index.ts'
import { wasmNetwork } from '../../src/kernels/wasm-network.ts'
import { Random } from '../../src/math/random.ts'
import { sizeOf } from '../../src/math/tensor.ts'
import { copyState, type State } from '../../src/network/lstm.ts'
import { plainNetwork } from '../../src/network/plain-network.ts'
import { decodeWeights, type Weights } from '../../src/weights/file.ts'
import { Model } from '../../src/writing/model.ts'
import { int8Weights, smallWeights } from '../fixtures/small-weights.ts'
import { EXPECTED, hashOfState, weightsFile } from '../fixtures/ten-thousand-steps.ts'
import { float64Weights, furthest, lstmStep } from '../reference/float64-network.ts'

const shipped = decodeWeights(JSON.parse(readFileSync(join(root, 'weights/handwriting.json'), 'utf8')))

/** Simulates a machine that can allocate only `count` WebAssembly memories. */
function withMemories(count: number) {
  const { Module, Instance, Memory } = WebAssembly
  let left = count
  return {
    Module,
    Instance,
    Memory: class {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        if (left-- === 0) throw new RangeError('could not allocate memory')
        // biome-ignore lint/correctness/noConstructorReturn: Instance accepts only a real Memory
        return new Memory(descriptor)
      }
    },
  }
}

/** Lets a network write and returns its last state, movement, and distribution. */
function wander(weights: Weights, kernel: 'wasm' | 'plain', steps: number) {
  const model = new Model(weights, new Random(3), kernel)
  expect(model.kernel).toBe(kernel)
  let state = model.random_state()
  let movement = model.random_input()
  for (let n = 0; n < steps; n++) {
    state = model.update(movement, state)
    movement = model.sample(model.get_pdf(state), 1)
  }
  return { ...state, movement, pdf: model.get_pdf(state) }
}

test('the generated kernel matches its source', async () => {
  expect(readFileSync(generatedFile('handwriting'), 'utf8')).toBe(await compileKernel('handwriting'))
})

describe('WebAssembly and plain TypeScript agree to the bit', () => {
  test.each([
    [1, 1],
    [2, 3],
    [3, 1],
    [15, 2],
    [16, 5],
    [17, 20],
    [33, 4],
    [100, 20],
    [511, 2],
    [530, 2],
  ])('%i units, %i mixtures', (units, mixtures) => {
    const weights = int8Weights(units, mixtures, { spread: units > 100 ? 0.1 : 0.5 })
    expect(wander(weights, 'wasm', 60)).toEqual(wander(weights, 'plain', 60))
  })

  test('over 500 movements of the shipped network', () => {
    expect(wander(shipped, 'wasm', 500)).toEqual(wander(shipped, 'plain', 500))
  })

  test.each(['wasm', 'plain'] as const)(
    'over 10,000 movements, %s',
    (kernel) => {
      expect(hashOfState(longhand, weightsFile(), kernel)).toBe(EXPECTED)
    },
    60_000,
  )

  test('for states out of range and immense movements', () => {
    const weights = int8Weights(20, 3)
    const wasm = wasmNetwork(weights)
    const plain = plainNetwork(weights)
    const random = new Random(9)
    for (const size of [1e-9, 1, 15, 16, 1e6, 1e30]) {
      const part = () => Float32Array.from({ length: 20 }, () => size * random.normal())
      const state = { h: part(), c: part() }
      expect(wasm?.step([1e4, -1e4, 1], state)).toEqual(plain.step([1e4, -1e4, 1], state))
      expect(wasm?.logits(state.h).slice(0, 19)).toEqual(plain.logits(state.h).slice(0, 19))
    }
  })

  test.each([1, 2, 5, 20])('for mixtures of %i components, up to saturation', (mixtures) => {
    const weights = int8Weights(20, mixtures)
    const { headWeights } = weights.tensors
    if (headWeights.dtype !== 'int8') throw new TypeError(`Expected int8, got ${headWeights.dtype}.`)
    const random = new Random(mixtures)
    const largest: number[] = []
    for (const size of [1, 30, 1000, 1e6]) {
      const scale = headWeights.scale.map((step) => step * size)
      const steep = { ...weights, tensors: { ...weights.tensors, headWeights: { ...headWeights, scale } } }
      const [wasm, plain] = [wasmNetwork(steep), plainNetwork(steep)]
      for (let n = 0; n < 20; n++) {
        const h = Float32Array.from({ length: 20 }, () => random.normal())
        expect(wasm?.mixture(h)).toEqual(plain.mixture(h))
      }
      largest.push(Math.max(...plain.logits(new Float32Array(20).fill(1)).map(Math.abs)))
    }
    expect(largest[0]).toBeLessThan(20) // no logit is clamped
    expect(largest[2]).toBeGreaterThan(709) // all are
  })
})

test.each([127, -128])(
  'sums over the most units, with the largest states and every weight %i or its opposite, are exact',
  (most) => {
    const units = 2048
    const weights = int8Weights(1, 1)
    const zeros = (...shape: number[]) => ({ dtype: 'float32' as const, shape, data: new Float32Array(sizeOf(shape)) })
    const opposite = most === 127 ? -128 : 127
    const recurrentWeights = {
      dtype: 'int8' as const,
      shape: [units, 4 * units],
      scale: new Float64Array(4 * units),
      data: new Int8Array(4 * units * units),
    }
    const headWeights = {
      dtype: 'int8' as const,
      shape: [units, 7],
      scale: new Float64Array(7).fill(2 ** 23), // a logit is then the sum itself
      data: Int8Array.from({ length: units * 7 }, (_, n) => ((n % 7) % 2 ? opposite : most)),
    }
    const network = wasmNetwork({
      ...weights,
      units,
      tensors: {
        inputWeights: zeros(3, 4 * units),
        recurrentWeights,
        bias: zeros(4 * units),
        headWeights,
        headBias: zeros(7),
      },
    })
    for (const sign of [1, -1]) {
      const largest = sign * 3.9990234375 * 2 ** 23
      const expected = Array.from({ length: 7 }, (_, n) => units * largest * (n % 2 ? opposite : most))
      expect([...(network?.logits(new Float32Array(units).fill(100 * sign)).slice(0, 7) ?? [])]).toEqual(expected)
    }
  },
)

test('700 teacher-forced steps stay within 2e-6 of float64', () => {
  const model = new Model(shipped, new Random(5))
  model.set_scale_factor(1)
  const reference = float64Weights(shipped.tensors)
  let state: State = model.zero_state()
  let exact = { h: [...state.h], c: [...state.c] }
  let movement = model.zero_input()
  let worst = 0
  for (let n = 0; n < 700; n++) {
    const read = movement.map(Math.fround) as typeof movement
    state = model.update(read, state)
    exact = lstmStep(reference, read, exact)
    worst = Math.max(worst, furthest(state.h, exact.h))
    movement = model.sample(model.get_pdf(state), 0.65)
  }
  expect(worst).toBeLessThan(2e-6)
}, 60_000)

test('a step does not change the old state', () => {
  const network = wasmNetwork(int8Weights(7, 2)) as ReturnType<typeof plainNetwork>
  const state = network.step([1, 2, 0], { h: new Float32Array(7), c: new Float32Array(7) })
  const before = copyState(state)
  const one = network.step([1, 0, 0], state)
  const kept = copyState(one)
  network.step([-5, 3, 1], state)
  expect(state).toEqual(before)
  expect(one).toEqual(kept)
})

describe('the plain kernel is the fallback', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.resetModules()
  })

  test('for float32 weights, and for so many units that 32-bit sums could overflow', () => {
    expect(new Model(smallWeights(8, 2)).kernel).toBe('plain')
    expect(wasmNetwork({ ...int8Weights(1, 1), units: 2049 })).toBeNull()
  })

  test.each([
    ['is missing', undefined],
    [
      'is forbidden',
      {
        Module: class {
          constructor() {
            throw new Error('blocked by the policy of the page')
          }
        },
      },
    ],
    ['cannot allocate memory', withMemories(0)],
  ])('where WebAssembly %s, and gives the same drawing', async (_what, webAssembly) => {
    const expected = wander(int8Weights(9, 2), 'wasm', 20)
    vi.stubGlobal('WebAssembly', webAssembly)
    vi.resetModules()
    const fresh = await import('../../src/writing/model.ts')
    const { Random } = await import('../../src/math/random.ts')
    const model = new fresh.Model(int8Weights(9, 2), new Random(3))
    expect(model.kernel).toBe('plain')
    let state = model.random_state()
    let movement = model.random_input()
    for (let n = 0; n < 20; n++) {
      state = model.update(movement, state)
      movement = model.sample(model.get_pdf(state), 1)
    }
    expect(movement).toEqual(expected.movement)
  })

  test('but pairs need no memory of their own', async () => {
    vi.stubGlobal('WebAssembly', withMemories(1))
    vi.resetModules()
    const fresh = await import('../../src/writing/model.ts')
    const { rolloutMany } = await import('../../src/writing/paths.ts')
    const { Random } = await import('../../src/math/random.ts')
    const model = new fresh.Model(int8Weights(9, 2), new Random(3))
    expect(model.kernel).toBe('wasm')
    const bundle = () => rolloutMany(model, model.zero_state(), 4, { steps: 6, random: new Random(5) })
    expect(bundle()).toEqual(bundle())
  })
})
