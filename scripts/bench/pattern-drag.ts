import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import {
  latentOnLoop,
  networkFromRecipe,
  paintTile,
  patternFromRecipe,
  type Quality,
  recipeFromSeed,
  type TileWorker,
} from '../../src/api/pattern.ts'
import { paintWithWorkers } from '../../src/pattern/paint/tile-workers.ts'
import type { Bench } from './bench.ts'
import { interleave, summaries, summary } from './timing.ts'

const SIDE = 256
const WORKERS = Math.min(Math.max(availableParallelism() - 1, 2), 6) // as many as a page starts

/** Measures a drag of the latent values: the same network with other values in every frame. */
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
    const threads = Array.from({ length: WORKERS }, () => new Worker(script, { eval: true }))
    const workers = threads.map(workerOf)
    const picture = new Uint8ClampedArray(4 * SIDE * SIDE)
    // Paint the whole picture, as a page shows it, in two tiles per worker.
    const together = (quality: Quality) =>
      paintWithWorkers(
        workers,
        { pattern: drag(), ...size, quality, tilePixels: SIDE ** 2 / (2 * WORKERS) },
        ({ top, pixels }) => picture.set(pixels, 4 * SIDE * top),
      )
    const contenders = {
      'a frame, exact, on the main thread': () => paintTile(drag(), size),
      'a frame, preview, on the main thread': () => paintTile(drag(), size, 'preview'),
      [`a frame, exact, by ${WORKERS} workers`]: () => together('exact'),
      [`a frame, preview, by ${WORKERS} workers`]: () => together('preview'),
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
      await Promise.all(threads.map((thread) => thread.terminate()))
    }
  },
}

/** Wraps a thread that answers requests in order. */
function workerOf(worker: Worker): TileWorker {
  const waiting: ((pixels: Uint8ClampedArray<ArrayBuffer>) => void)[] = []
  worker.on('message', (pixels) => waiting.shift()?.(pixels))
  return (pattern, tile, quality) =>
    new Promise((resolve) => {
      waiting.push(resolve)
      worker.postMessage({ pattern, tile, quality })
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
