import { type Model, type Movement, mixtureFromLogits, type Random, sampleMixture } from '../../src/index.ts'
import type { OpenPeer } from './bench.ts'
import type { NaiveNetwork } from './naive-step.ts'
import type { NumjsNetwork } from './numjs-step.ts'

export const TEMPERATURE = 0.65

/** Reads a movement and draws the next, in model units; keeps its own state. */
export type MovementSource = (movement: Movement) => Movement | Promise<Movement>

export function modelWriter(model: Model): MovementSource {
  model.set_scale_factor(1)
  let state = model.zero_state()
  return (movement) => {
    state = model.update(movement, state)
    return model.sample(model.get_pdf(state), TEMPERATURE)
  }
}

export function naiveWriter(network: NaiveNetwork, random: Random): MovementSource {
  let state = network.zeroState()
  return (movement) => {
    state = network.update(movement, state)
    return sampleMixture(network.pdf(state), TEMPERATURE, random)
  }
}

export function numjsWriter(network: NumjsNetwork, random: Random): (movement: Movement) => Movement {
  let state = network.zeroState()
  return (movement) => {
    state = network.update(movement, state)
    return network.sample(network.pdf(state), TEMPERATURE, random)
  }
}

/** Runs the network in the engine and samples with longhand, which is less work than sampling in the engine's own operations. */
export function peerWriter(peer: OpenPeer, mixtures: number, random: Random): MovementSource {
  return async (movement) => {
    const logits = Float64Array.from(await peer.step(movement))
    return sampleMixture(mixtureFromLogits(logits, mixtures), TEMPERATURE, random)
  }
}

/** Turns sources into calls without arguments: each continues from its own last movement. */
export function endless<Name extends string>(writers: Record<Name, MovementSource>): Record<Name, () => unknown> {
  const calls = Object.entries<MovementSource>(writers).map(([name, write]) => {
    let movement: Movement = [0, 0, 1]
    const keep = (drawn: Movement) => {
      movement = drawn
    }
    const call = () => {
      const drawn = write(movement)
      return drawn instanceof Promise ? drawn.then(keep) : keep(drawn)
    }
    return [name, call]
  })
  return Object.fromEntries(calls)
}
