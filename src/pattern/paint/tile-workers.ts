import type { Pattern } from '../pattern.ts'
import type { Tile } from './painter.ts'
import { painterFor, type Quality } from './quality.ts'

/**
 * Paints a tile asynchronously, usually in a worker of the page. It may be called again before it has answered.
 * @returns (rows, columns, 4) RGBA
 */
export type TileWorker = (pattern: Pattern, tile: Tile, quality: Quality) => Promise<Uint8ClampedArray<ArrayBuffer>>

/**
 * Paints a tile; inside a worker, this is all that a `TileWorker` does.
 * @returns (rows, columns, 4) RGBA
 * @throws RangeError if the size of the tile is out of range
 */
export function paintTile(pattern: Pattern, tile: Tile, quality: Quality = 'exact'): Uint8ClampedArray<ArrayBuffer> {
  const { columns = tile.width, rows = tile.height } = tile
  const pixels = new Uint8ClampedArray(columns * rows * 4)
  painterFor(pattern, quality).paint(tile, pixels)
  return pixels
}

/** Painted rows of a picture, over its full width. */
export interface Rows {
  readonly top: number
  readonly rows: number
  /** (rows, width, 4) RGBA */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
}

/** A picture to be painted by several workers. */
export interface PictureTask {
  readonly pattern: Pattern
  /** size of the picture, in pixels */
  readonly width: number
  readonly height: number
  readonly quality: Quality
  /** approximate pixels per tile */
  readonly tilePixels: number
}

/** Tiles queued per worker: it paints the next one while a busy page has yet to receive the last. */
const QUEUE_LENGTH = 2

/**
 * Paints a picture with all workers at once, in full-width tiles from the top. Whichever worker is free takes the next
 * tile.
 * @param onRows receives the tiles, in any order
 * @param shouldContinue is asked before each tile; return false to give the picture up
 * @returns a promise that rejects with the first error of a worker
 */
export async function paintWithWorkers(
  workers: readonly TileWorker[],
  { pattern, width, height, quality, tilePixels }: PictureTask,
  onRows: (rows: Rows) => void,
  shouldContinue: () => boolean = () => true,
): Promise<void> {
  const tileRows = Math.max(1, Math.round(tilePixels / width))
  let next = 0
  const paintNext = async (worker: TileWorker) => {
    while (next < height && shouldContinue()) {
      const top = next
      const rows = Math.min(tileRows, height - top)
      next += rows
      onRows({ top, rows, pixels: await worker(pattern, { width, height, top, rows }, quality) })
    }
  }
  await Promise.all(Array(QUEUE_LENGTH).fill(workers).flat().map(paintNext))
}
