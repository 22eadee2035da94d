import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { paintTogether } from '../../src/pattern/helper.ts'
import {
  type Helper,
  latentOnLoop,
  networkFromRecipe,
  paintTile,
  patternFromRecipe,
  recipeFromSeed,
} from '../../src/pattern/index.ts'
import type { Bench } from './bench.ts'
import { interleave, summaries, summary } from './timing.ts'

const SIDE = 256
const HELPERS = Math.min(Math.max(availableParallelism() - 1, 2), 6) // as many as a page hires

/** A hand drags the latent numbers: the same network, told others in every frame. */
export const patternDrag: Bench = {
  title: `a dragged pattern of ${SIDE} × ${SIDE} pixels, 6 layers of 16 units`,
  async run() {
    const recipe = recipeFromSeed(3)
    const network = networkFromRecipe(recipe)
    const size = { width: SIDE, height: SIDE }
    let turn = 0
    const drag = () => {
      turn = (turn + 0.01) % 1
      return patternFromRecipe({ ...recipe, latent: latentOnLoop([0.5, -0.5], turn) }, network)
    }
    const script = await bundleWorker()
    const workers = Array.from({ length: HELPERS }, () => new Worker(script, { eval: true }))
    const helpers = workers.map(
      (worker): Helper =>
        async (pattern, tile) => {
          worker.postMessage({ pattern, tile })
          const [pixels] = await once(worker, 'message')
          return pixels
        },
    )
    const shared = `a frame, by ${HELPERS} workers`
    const picture = new Uint8ClampedArray(4 * SIDE * SIDE)
    const contenders = {
      'a frame, by the page itself': () => paintTile(drag(), size),
      // whole, as a page shows it; two parts a worker
      [shared]: () =>
        paintTogether(helpers, drag(), size, SIDE ** 2 / (2 * HELPERS), ({ top, pixels }) =>
          picture.set(pixels, 4 * SIDE * top),
        ),
    }
    try {
      const times = await interleave(contenders, { warmUp: 5, rounds: 30, calls: 1 })
      return {
        timings: summaries(times),
        numbers: { 'frames a second, by the workers': 1000 / summary(times[shared]).median },
        ratios: {},
      }
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()))
    }
  },
}

async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'pattern-drag/worker.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
  })
  return outputFiles[0]?.text ?? ''
}
