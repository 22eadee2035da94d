import { Model, type Movement, Random } from '../../src/index.ts'
import type { Bench } from './bench.ts'
import { NaiveNetwork } from './naive-step.ts'
import { NumjsNetwork } from './numjs-step.ts'
import { interleave, medianRatio, summaries } from './timing.ts'
import { endless, type MovementSource, modelWriter, naiveWriter, numjsWriter, peerWriter } from './writers.ts'

// Per process. 20 calls per round, because a browser's clock may tick every 0.1 ms.
const ROUNDS = { warmUp: 5, rounds: 15, calls: 20 }

const AGREEMENT_STEPS = 50
const AGREEMENT = 1e-4 // model units: float32 rounding errors stay below this over 50 steps

/** Measures one step of writing (update, get_pdf, sample) beside the same step in other implementations. */
export const step: Bench = {
  title: 'one step: update, get_pdf and sample',
  async run({ weights, peers }) {
    const writers = (seed: number): Record<string, MovementSource> => ({
      longhand: modelWriter(new Model(weights, new Random(seed))),
      'longhand, plain': modelWriter(new Model(weights, new Random(seed), 'plain')),
      'naive loops': naiveWriter(new NaiveNetwork(weights), new Random(seed)),
      'numjs, float32': numjsWriter(NumjsNetwork.from(weights, 'float32'), new Random(seed)),
      numjs: numjsWriter(NumjsNetwork.from(weights), new Random(seed)),
    })
    // A peer has one state, so it continues from where the check left it.
    const others = Object.fromEntries(
      peers.map((peer) => [peer.name, peerWriter(peer, weights.mixtures, new Random(1))]),
    )
    await checkAgreement({ ...writers(1), ...others })

    const { numjs, ...times } = await interleave({ ...endless(writers(2)), ...endless(others) }, ROUNDS)
    return {
      timings: summaries({ numjs, ...times }),
      ratios: Object.fromEntries(
        Object.entries(times).map(([name, values]) => [`numjs / ${name}`, medianRatio(numjs, values)]),
      ),
    }
  },
}

/** Verifies that all implementations give the same movements for the same seed and input. */
async function checkAgreement(writers: Record<string, MovementSource>): Promise<void> {
  const [[reference, write], ...others] = Object.entries(writers)
  let movement: Movement = [0, 0, 1]
  for (let n = 1; n <= AGREEMENT_STEPS; n++) {
    const expected = await write(movement)
    for (const [name, writeToo] of others) {
      const drawn = await writeToo(movement)
      if (!drawn.every((value, k) => Math.abs(value - expected[k]) <= AGREEMENT))
        throw new Error(`Expected ${expected} at step ${n}, as from ${reference}, got ${drawn} from ${name}.`)
    }
    movement = expected
  }
}
