import type { State } from './lstm.ts'
import type { Network, Pair } from './network.ts'

/** Creates a pair that computes one path after the other with the exact arithmetic of the network. */
export function steppedPair(network: Network): Pair {
  let first: State
  let second: State
  return {
    begin(state) {
      first = second = state
    },
    step(firstInput, secondInput) {
      first = network.step(firstInput, first)
      second = network.step(secondInput, second)
    },
    logits: () => [network.logits(first.h).slice(), network.logits(second.h)],
  }
}
