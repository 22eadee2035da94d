import { parentPort } from 'node:worker_threads'
import { type Pace, type Pattern, paintTile, type Tile } from '../../../src/api/pattern-all.ts'

// As the pages' workers do, in Node.
parentPort?.on('message', ({ pattern, tile, pace }: { pattern: Pattern; tile: Tile; pace: Pace }) => {
  const pixels = paintTile(pattern, tile, pace)
  parentPort?.postMessage(pixels, [pixels.buffer])
})
