import * as Comlink from 'comlink'
import { type Pace, type Pattern, paintTile, type Tile } from 'longhand'

/** What of a worker paints patterns; the pixels go to the page without being copied. */
export const painting = {
  isReady: true as const,
  paintTile(pattern: Pattern, tile: Tile, pace: Pace) {
    const pixels = paintTile(pattern, tile, pace)
    return Comlink.transfer(pixels, [pixels.buffer])
  },
}
