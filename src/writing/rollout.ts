import { checkMovement, type Movement } from '../math/movement.ts'
import { checkState, inputFromMovement } from '../network/input.ts'
import type { State } from '../network/lstm.ts'
import { sampleMixture } from '../network/sampler.ts'
import { DEFAULT_TEMPERATURE, type Temperature } from '../network/temperature.ts'
import type { Model } from './model.ts'

/**
 * Lets the network write: each movement it samples is the next one it reads. Endless; take as many as you need.
 *
 * @param state where it starts; not changed
 * @param movement the last movement before it starts, in model units: the visitor's last, or a lifted pen, [0, 0, 1]
 * @param temperature a value, or a function called before every movement, so that a slider can change it while it writes
 * @yields movements in model units
 */
export function* rollout(
  model: Model,
  state: State,
  movement: Readonly<Movement> = [0, 0, 1],
  temperature: Temperature | (() => Temperature) = DEFAULT_TEMPERATURE,
  random = model.random,
): Generator<Movement, never, void> {
  const { network } = model
  checkMovement(movement)
  checkState(state, model.units)
  let last = movement
  for (let now = state; ; ) {
    now = network.step(inputFromMovement(last), now)
    const sampled = sampleMixture(
      network.mixture(now.h),
      typeof temperature === 'function' ? temperature() : temperature,
      random,
    )
    last = sampled
    yield [...sampled] // a copy: the caller may change it
  }
}
