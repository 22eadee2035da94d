import { parentPort } from 'node:worker_threads'
import { type Pattern, paintTile, type Quality, type Tile } from '../../../src/api/pattern.ts'

// Paints tiles in Node, as the workers of a page do.
parentPort?.on('message', ({ pattern, tile, quality }: { pattern: Pattern; tile: Tile; quality: Quality }) => {
  const pixels = paintTile(pattern, tile, quality)
  parentPort?.postMessage(pixels, [pixels.buffer])
})
