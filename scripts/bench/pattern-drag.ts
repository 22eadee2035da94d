import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import {
  type Helper,
  latentOnLoop,
  networkFromRecipe,
  type Pace,
  paintTile,
  patternFromRecipe,
  recipeFromSeed,
} from '../../src/api/pattern-all.ts'
import { paintTogether } from '../../src/pattern/paint/workers.ts'
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
    const helpers = workers.map(helperOf)
    const picture = new Uint8ClampedArray(4 * SIDE * SIDE)
    // whole, as a page shows it; two parts a worker
    const together = (pace: Pace) =>
      paintTogether(helpers, { pattern: drag(), ...size, pace, pixels: SIDE ** 2 / (2 * HELPERS) }, ({ top, pixels }) =>
        picture.set(pixels, 4 * SIDE * top),
      )
    const contenders = {
      'a frame, exact, by the page itself': () => paintTile(drag(), size),
      'a frame, swift, by the page itself': () => paintTile(drag(), size, 'swift'),
      [`a frame, exact, by ${HELPERS} workers`]: () => together('exact'),
      [`a frame, swift, by ${HELPERS} workers`]: () => together('swift'),
    }
    try {
      const times = await interleave(contenders, { warmUp: 5, rounds: 30, calls: 1 })
      return {
        timings: summaries(times),
        numbers: Object.fromEntries(
          Object.entries(times).map(([name, each]) => [
            name.replace('a frame', 'frames a second'),
            1000 / summary(each).median,
          ]),
        ),
        ratios: {},
      }
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()))
    }
  },
}

/** A worker answers what it is asked in turn. */
function helperOf(worker: Worker): Helper {
  const waiting: ((pixels: Uint8ClampedArray<ArrayBuffer>) => void)[] = []
  worker.on('message', (pixels) => waiting.shift()?.(pixels))
  return (pattern, tile, pace) =>
    new Promise((resolve) => {
      waiting.push(resolve)
      worker.postMessage({ pattern, tile, pace })
    })
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
