import { parentPort } from 'node:worker_threads'
import { type Pattern, paintTile, type Quality, type Tile } from '../../../src/api/pattern.ts'

// As the pages' workers do, in Node.
parentPort?.on('message', ({ pattern, tile, quality }: { pattern: Pattern; tile: Tile; quality: Quality }) => {
  const pixels = paintTile(pattern, tile, quality)
  parentPort?.postMessage(pixels, [pixels.buffer])
})
