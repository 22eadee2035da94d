import { Model, type Movement, Random, sampleMixture } from '../../src/index.ts'
import type { Bench } from './bench.ts'
import { NaiveNetwork } from './naive-step.ts'
import { NumjsNetwork } from './numjs-step.ts'
import { interleave, medianRatio, summary } from './timing.ts'

const TEMPERATURE = 0.65
const ROUNDS = { warmUp: 20, rounds: 100, calls: 5 }

const AGREEMENT_STEPS = 50
const AGREEMENT = 1e-3 // of a model unit: after so many steps float32 has grown to no more

/** Reads a movement and draws the next, on and on. */
type Writer = (movement: Movement) => Movement

/** One step of writing (update, get_pdf, sample), beside the same step in other arithmetic. */
export const step: Bench = {
  title: 'one step: update, get_pdf and sample',
  run({ weights }) {
    const writers = (seed: number) => ({
      longhand: modelWriter(new Model(weights, new Random(seed))),
      'longhand, plain': modelWriter(new Model(weights, new Random(seed), 'plain')),
      'naive loops': naiveWriter(new NaiveNetwork(weights), new Random(seed)),
      numjs: numjsWriter(new NumjsNetwork(weights), new Random(seed)),
    })
    checkAgreement(writers(1))

    const times = interleave(endless(writers(2)), ROUNDS)
    const { longhand, 'longhand, plain': plain, 'naive loops': naive, numjs } = times
    return {
      timings: Object.fromEntries(Object.entries(times).map(([name, values]) => [name, summary(values)])),
      ratios: {
        'numjs / longhand': medianRatio(numjs, longhand),
        'numjs / longhand, plain': medianRatio(numjs, plain),
        'numjs / naive loops': medianRatio(numjs, naive),
      },
    }
  },
}

function modelWriter(model: Model): Writer {
  model.set_scale_factor(1)
  let state = model.zero_state()
  return (movement) => {
    state = model.update(movement, state)
    return model.sample(model.get_pdf(state), TEMPERATURE)
  }
}

function naiveWriter(network: NaiveNetwork, random: Random): Writer {
  let state = network.zeroState()
  return (movement) => {
    state = network.update(movement, state)
    return sampleMixture(network.pdf(state), TEMPERATURE, random)
  }
}

function numjsWriter(network: NumjsNetwork, random: Random): Writer {
  let state = network.zeroState()
  return (movement) => {
    state = network.update(movement, state)
    return network.sample(network.pdf(state), TEMPERATURE, random)
  }
}

/** All read the same movements, and from one seed all must draw the same: only then is it one step that is timed. */
function checkAgreement(writers: Record<string, Writer>): void {
  const [[reference, write], ...others] = Object.entries(writers)
  let movement: Movement = [0, 0, 1]
  for (let n = 1; n <= AGREEMENT_STEPS; n++) {
    const expected = write(movement)
    for (const [name, writeToo] of others) {
      const drawn = writeToo(movement)
      if (!drawn.every((value, k) => Math.abs(value - expected[k]) <= AGREEMENT))
        throw new Error(`Step ${n}: Got ${drawn} from ${name} when ${reference} draws ${expected}.`)
    }
    movement = expected
  }
}

/** Each goes on from its own last movement. */
function endless<Name extends string>(writers: Record<Name, Writer>): Record<Name, () => void> {
  const calls = Object.entries<Writer>(writers).map(([name, write]) => {
    let movement: Movement = [0, 0, 1]
    const call = () => {
      movement = write(movement)
    }
    return [name, call]
  })
  return Object.fromEntries(calls)
}
