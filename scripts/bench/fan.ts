import { Model, type Movement, Paths, Random, rolloutMany } from '../../src/index.ts'
import type { Bench } from './bench.ts'
import { NumjsNetwork } from './numjs-step.ts'
import { interleave, medianRatio, quantile, summaries } from './timing.ts'
import { numjsWriter, TEMPERATURE } from './writers.ts'

const PATHS = 32
const STEPS = 10
const ROUNDS = { warmUp: 4, rounds: 30, calls: 1 }

const FRAME = 1000 / 60 // milliseconds
const FRAMES = 40

/** Measures a fan of paths from one state, as sketches look ahead, beside the same number of single steps. */
export const fan: Bench = {
  title: `a fan: ${PATHS} paths of ${STEPS} steps`,
  async run({ weights }) {
    const model = new Model(weights, new Random(3))
    let state = model.zero_state()
    for (let n = 0; n < 50; n++) state = model.update(model.sample(model.get_pdf(state)), state)
    const options = { steps: STEPS, temperature: TEMPERATURE }

    const write = numjsWriter(NumjsNetwork.from(weights), new Random(3))
    let movement: Movement = [0, 0, 1]
    const times = await interleave(
      {
        rolloutMany: () => rolloutMany(model, state, PATHS, options),
        'rolloutMany, exact': () => rolloutMany(model, state, PATHS, { ...options, exact: true }),
        // Measure one path and scale its time to the fan.
        numjs: () => {
          for (let n = 0; n < STEPS; n++) movement = write(movement)
        },
      },
      ROUNDS,
    )
    times.numjs = times.numjs.map((time) => PATHS * time)

    const inOneFrame = (exact: boolean) => {
      const counts = Array.from({ length: FRAMES }, () => {
        const end = performance.now() + FRAME
        const paths = new Paths(model, state, { ...options, exact })
        let count = 0
        while (paths.next(() => performance.now() < end)) count++
        return count
      })
      return Math.round(quantile(counts, 0.5))
    }
    return {
      timings: summaries(times),
      ratios: {
        'numjs / rolloutMany': medianRatio(times.numjs, times.rolloutMany),
        'numjs / rolloutMany, exact': medianRatio(times.numjs, times['rolloutMany, exact']),
      },
      numbers: {
        [`paths of ${STEPS} steps in 16.7 ms`]: inOneFrame(false),
        [`paths of ${STEPS} steps in 16.7 ms, exact`]: inOneFrame(true),
      },
    }
  },
}
