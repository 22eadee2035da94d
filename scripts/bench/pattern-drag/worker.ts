import { parentPort } from 'node:worker_threads'
import { type Pattern, paintTile, type Tile } from '../../../src/pattern/index.ts'

// As the pages' workers do, in Node.
parentPort?.on('message', ({ pattern, tile }: { pattern: Pattern; tile: Tile }) => {
  const pixels = paintTile(pattern, tile)
  parentPort?.postMessage(pixels, [pixels.buffer])
})
