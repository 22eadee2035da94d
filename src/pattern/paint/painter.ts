import { OPACITY, OUTPUTS } from '../network/layers.ts'
import { BATCH, type Engine, packLayer, pickColumns, pickRows } from '../network/packed.ts'
import { plainEngine } from '../network/plain-engine.ts'
import { createPositions, slotsOf } from '../network/position.ts'
import { wasmEngine } from '../network/wasm-engine.ts'
import type { Pattern } from '../pattern.ts'
import { LARGEST_SIDE } from '../recipe/recipe.ts'
import { alphas, CHANNELS, paints } from './color.ts'

/** A rectangle of a picture, in pixels. */
export interface Tile {
  /** size of the whole picture, 1…LARGEST_SIDE */
  readonly width: number
  readonly height: number
  /** position and size of the tile; the whole picture by default */
  readonly left?: number
  readonly top?: number
  readonly columns?: number
  readonly rows?: number
}

/** Paints tiles of one pattern and keeps its buffers between them. */
export interface Painter {
  /**
   * Paints a rectangle of the picture. A pixel gets the same bytes in every tile that contains it.
   * @param out (rows, columns, 4) RGBA, straight (not premultiplied) alpha, written from its start
   * @throws RangeError if the tile's size is out of range or `out` is too short
   */
  paint(tile: Tile, out: Uint8ClampedArray): void
}

/**
 * Creates the CPU renderer of a pattern. Both exact engines use only additions, multiplications, divisions and square
 * roots in float64, so that the bytes are the same on every machine.
 * @param engine by default WebAssembly, two pixels at a time, or plain TypeScript where that is missing
 */
export function createPainter(pattern: Pattern, engine: Engine = wasmEngine() ?? plainEngine): Painter {
  const { symmetry, view, hue } = pattern
  const slots = slotsOf(pattern.inputs)
  const outputs = pattern.alpha === 'none' ? CHANNELS[pattern.color] : OUTPUTS
  const layers = pattern.layers.map((layer, n) => {
    const used = n === 0 ? pickColumns(layer, slots) : layer
    return packLayer(n === pattern.layers.length - 1 ? pickRows(used, outputs) : used)
  })
  const positions = createPositions(pattern.inputs, symmetry, BATCH)
  const { x, y } = positions
  const pass = engine(layers)
  const paintColors = paints[pattern.color]
  const paintAlpha = alphas[pattern.alpha]

  return {
    paint(tile, out) {
      const { width, height, left = 0, top = 0, columns = width, rows = height } = tile
      checkTile(width, height, columns, rows, out)
      const unit = 1 / (Math.min(width, height) * view.zoom)
      const column0 = left + 0.5 - width / 2
      const row0 = top + 0.5 - height / 2
      const [centerX, centerY] = view.center
      const pixels = columns * rows
      let column = 0
      let row = 0
      for (let begin = 0; begin < pixels; begin += BATCH) {
        // The last batch continues below the tile; the extra pixels are not painted.
        for (let p = 0; p < BATCH; p++) {
          x[p] = (column0 + column) * unit + centerX
          y[p] = (row0 + row) * unit + centerY
          if (++column === columns) {
            column = 0
            row++
          }
        }
        positions.fillPlanes()
        const result = pass(positions.planes)
        const count = Math.min(BATCH, pixels - begin)
        paintColors(result, BATCH, count, hue, out, 4 * begin)
        paintAlpha(result.subarray(OPACITY * BATCH), count, out, 4 * begin)
      }
    },
  }
}

/** Paints one tile. To paint several tiles of a pattern, keep a painter. */
export function renderTile(pattern: Pattern, tile: Tile, out: Uint8ClampedArray): void {
  createPainter(pattern).paint(tile, out)
}

function checkTile(width: number, height: number, columns: number, rows: number, out: Uint8ClampedArray): void {
  checkSide('width', width)
  checkSide('height', height)
  checkSide('columns', columns)
  checkSide('rows', rows)
  if (out.length < columns * rows * 4)
    throw new RangeError(`Expected ${columns} × ${rows} × 4 = ${columns * rows * 4} bytes, got ${out.length}.`)
}

/** @throws RangeError naming the side, if it is not an integer in 1…LARGEST_SIDE */
export function checkSide(name: string, pixels: number): void {
  if (!Number.isInteger(pixels) || pixels < 1 || pixels > LARGEST_SIDE)
    throw new RangeError(`${name}: Expected an integer from 1 to ${LARGEST_SIDE}, got ${pixels}.`)
}
