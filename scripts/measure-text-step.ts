// Compares the time of a text network's step with that of the free network's, side by side: npx tsx scripts/measure-text-step.ts
import { readFile } from 'node:fs/promises'
import { wasmNetwork } from '../src/kernels/wasm-network.ts'
import { wasmTextNetwork } from '../src/kernels/wasm-text-network.ts'
import { Random } from '../src/math/random.ts'
import { zeroState } from '../src/network/lstm.ts'
import { sampleMixture } from '../src/network/sampler.ts'
import { startOfText } from '../src/network/text-network.ts'
import { decodeWeights } from '../src/weights/file.ts'
import { decodeTextWeights } from '../src/weights/text-file.ts'

const json = async (name: string) =>
  JSON.parse(await readFile(new URL(`../weights/${name}.json`, import.meta.url), 'utf8'))
const free = decodeWeights(await json('handwriting'))
const text = decodeTextWeights(await json('scribe'))
const freeNetwork = wasmNetwork(free)
const textNetwork = wasmTextNetwork(text)
if (!freeNetwork || !textNetwork) throw new Error('Expected WebAssembly with SIMD, got none.')

const random = new Random(7)
const hand = textNetwork.hand(text.hands[0].vector)
const characters = Uint8Array.from({ length: 2000 }, (_, n) => 1 + ((n * 37) % 95))
let state = zeroState(free.units)
let movement: [number, number, number] = [0, 0, 1]
let textState = startOfText(text)
let textMovement: [number, number, number] = [0, 0, 1]

const stepFree = () => {
  state = freeNetwork.step(movement, state)
  movement = sampleMixture(freeNetwork.mixture(state.h), 0.5, random)
}
const stepText = () => {
  textState = textNetwork.step(textMovement, textState, characters, hand)
  textMovement = sampleMixture(textNetwork.mixture(textState), 0.5, random)
}

const STEPS = 25
const ROUNDS = 400
const times = { free: [] as number[], text: [] as number[] }
for (let round = 0; round < ROUNDS; round++)
  for (const [name, step] of [
    ['free', stepFree],
    ['text', stepText],
  ] as const) {
    const start = performance.now()
    for (let n = 0; n < STEPS; n++) step()
    times[name].push((1000 * (performance.now() - start)) / STEPS)
  }
const fastest = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 20)]
const [freeTime, textTime] = [fastest(times.free), fastest(times.text)]
console.log(`free ${freeTime.toFixed(1)} µs, text ${textTime.toFixed(1)} µs, ratio ${(textTime / freeTime).toFixed(2)}`)
