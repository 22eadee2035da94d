import * as Comlink from 'comlink'
import { type Pattern, paintTile, type Quality, type Tile } from 'longhand'

/** What a sketch's worker.ts exposes to paint tiles (`PaintingWorker`). Pixels are transferred to the page, not copied. */
export const tilePainting = {
  isReady: true as const,
  paintTile(pattern: Pattern, tile: Tile, quality: Quality) {
    const pixels = paintTile(pattern, tile, quality)
    return Comlink.transfer(pixels, [pixels.buffer])
  },
}
