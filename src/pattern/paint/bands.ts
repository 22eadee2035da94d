import type { Pattern } from '../pattern.ts'
import { checkSide, createPainter } from './painter.ts'

/** A painted band of rows, and the fraction of the picture that is done with it. */
export interface Band {
  readonly top: number
  readonly rows: number
  /** (rows, width, 4) RGBA; overwritten by the next band */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  /** 0…1 */
  readonly done: number
}

/** Pixels per band: about 10 ms of work. */
const BAND_PIXELS = 1 << 13

/**
 * Paints a picture of any size in bands from the top, with memory for one band. The caller may pause or stop between
 * bands.
 * @throws RangeError if a side is not in 1…LARGEST_SIDE
 */
export function* renderBands(pattern: Pattern, width: number, height: number): Generator<Band, void, undefined> {
  checkSide('width', width)
  checkSide('height', height)
  const painter = createPainter(pattern)
  const bandRows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)))
  const pixels = new Uint8ClampedArray(bandRows * width * 4)
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top)
    painter.paint({ width, height, top, rows }, pixels)
    yield { top, rows, pixels: pixels.subarray(0, rows * width * 4), done: (top + rows) / height }
  }
}
