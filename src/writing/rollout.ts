import type { State } from '../network/lstm.ts'
import type { Movement } from '../paper/movement.ts'
import { DEFAULT_TEMPERATURE, type Model } from './model.ts'

/**
 * The network writes: what it draws from its own expectation becomes what it reads next. Endless; take as many as needed.
 *
 * @param state where it begins; it is not changed
 * @param movement the last one before it begins, in pixels: what the visitor drew, or the pen lifted, [0, 0, 1]
 * @param temperature a number, or a function asked before every movement, so that a slider can change it on the way
 * @yields movements in pixels
 */
export function* rollout(
  model: Model,
  state: State,
  movement: Readonly<Movement> = [0, 0, 1],
  temperature: number | (() => number) = DEFAULT_TEMPERATURE,
  random = model.random,
): Generator<Movement, never, void> {
  let last = movement
  for (let now = state; ; ) {
    now = model.update(last, now)
    const drawn = model.sample(
      model.get_pdf(now),
      typeof temperature === 'function' ? temperature() : temperature,
      random,
    )
    last = drawn
    yield [...drawn] // a copy: what the caller does with it is not what the network reads
  }
}
