import type { Pattern } from '../pattern.ts'
import type { Tile } from './painter.ts'
import { painterFor, type Quality } from './quality.ts'

/**
 * Paints a rectangle of a picture somewhere else, at the same time as others: as a rule in a worker of the page. It is
 * asked for the next one before it has answered.
 * @returns (rows, columns, 4) RGBA
 */
export type TileWorker = (pattern: Pattern, tile: Tile, quality: Quality) => Promise<Uint8ClampedArray<ArrayBuffer>>

/** What a worker does, wherever it is. @returns (rows, columns, 4) RGBA */
export function paintTile(pattern: Pattern, tile: Tile, quality: Quality = 'exact'): Uint8ClampedArray<ArrayBuffer> {
  const { columns = tile.width, rows = tile.height } = tile
  const pixels = new Uint8ClampedArray(columns * rows * 4)
  painterFor(pattern, quality).paint(tile, pixels)
  return pixels
}

/** Rows of a picture, over its whole breadth. */
export interface Rows {
  readonly top: number
  readonly rows: number
  /** (rows, width, 4) RGBA */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
}

/** What is to be painted by workers together. */
export interface Task {
  readonly pattern: Pattern
  /** of the picture, in pixels */
  readonly width: number
  readonly height: number
  readonly quality: Quality
  /** of the rows that a worker takes at a time, about */
  readonly pixels: number
}

/** Pieces that a worker has in hand: while one is on its way back to a page that is busy, the next is painted. */
const IN_HAND = 2

/**
 * Paints a picture with all workers at once, from the top; whoever is done takes the next rows.
 * @param onRows told of all rows, in whichever order they are done
 * @param goOn asked before more rows are taken; the picture may be given up
 */
export async function paintTogether(
  workers: readonly TileWorker[],
  { pattern, width, height, quality, pixels }: Task,
  onRows: (rows: Rows) => void,
  goOn: () => boolean = () => true,
): Promise<void> {
  const most = Math.max(1, Math.round(pixels / width))
  let next = 0
  const help = async (worker: TileWorker) => {
    while (next < height && goOn()) {
      const top = next
      const rows = Math.min(most, height - top)
      next += rows
      onRows({ top, rows, pixels: await worker(pattern, { width, height, top, rows }, quality) })
    }
  }
  await Promise.all(Array(IN_HAND).fill(workers).flat().map(help))
}
