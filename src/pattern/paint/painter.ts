import { OPACITY, OUTPUTS } from '../network/layers.ts'
import { BATCH, type Engine, packLayer, pickColumns, pickRows } from '../network/packed.ts'
import { plainEngine } from '../network/plain-engine.ts'
import { createPlaces, slotsOf } from '../network/position.ts'
import { wasmEngine } from '../network/wasm-engine.ts'
import type { Pattern } from '../pattern.ts'
import { LARGEST_SIDE } from '../recipe/recipe.ts'
import { alphas, CHANNELS, paints } from './color.ts'

/** A rectangle of a picture, in pixels. */
export interface Tile {
  /** of the whole picture */
  readonly width: number
  readonly height: number
  /** of the tile; left out, the whole picture */
  readonly left?: number
  readonly top?: number
  readonly columns?: number
  readonly rows?: number
}

/** Paints patterns of one network; it keeps the memory that this takes from one tile to the next. */
export interface Painter {
  /**
   * Paints a rectangle of the picture. A pixel has the same bytes in whichever tile it stands.
   * @param out (rows, columns, 4) RGBA, straight (not premultiplied) alpha, written from its beginning
   */
  paint(tile: Tile, out: Uint8ClampedArray): void
}

/**
 * The renderer on the CPU, with additions, multiplications, divisions and square roots in float64 alone, and so the same
 * bytes on every machine; unless the engine is the swift one.
 * @param engine left out, two pixels at a time where WebAssembly can, else one in plain TypeScript
 */
export function createPainter(pattern: Pattern, engine: Engine = wasmEngine() ?? plainEngine): Painter {
  const { symmetry, view, hue } = pattern
  const slots = slotsOf(pattern.inputs)
  const asked = pattern.alpha === 'none' ? CHANNELS[pattern.color] : OUTPUTS
  const layers = pattern.layers.map((layer, n) => {
    const told = n === 0 ? pickColumns(layer, slots) : layer
    return packLayer(n === pattern.layers.length - 1 ? pickRows(told, asked) : told)
  })
  const places = createPlaces(pattern.inputs, symmetry, BATCH)
  const { x, y } = places
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
        // The last batch runs on below the tile, and is cut off when it is painted.
        for (let p = 0; p < BATCH; p++) {
          x[p] = (column0 + column) * unit + centerX
          y[p] = (row0 + row) * unit + centerY
          if (++column === columns) {
            column = 0
            row++
          }
        }
        places.describe()
        const answers = pass(places.planes)
        const count = Math.min(BATCH, pixels - begin)
        paintColors(answers, BATCH, count, hue, out, 4 * begin)
        paintAlpha(answers.subarray(OPACITY * BATCH), count, out, 4 * begin)
      }
    },
  }
}

/** Paints one rectangle; for more than one of the same pattern, keep a painter. */
export function renderTile(pattern: Pattern, tile: Tile, out: Uint8ClampedArray): void {
  createPainter(pattern).paint(tile, out)
}

/** A band of rows that is done, and the fraction of the picture that is. */
export interface Band {
  readonly top: number
  readonly rows: number
  /** (rows, width, 4) RGBA; the next band is written over it */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
  readonly done: number
}

/** Pixels of a band: about a hundredth of a second's work */
const BAND_PIXELS = 1 << 13

/**
 * Paints a picture band by band, from the top, in memory for one of them. Whoever asks for the bands may rest between
 * two, tell how far it is, or ask no more.
 */
export function* renderBands(pattern: Pattern, width: number, height: number): Generator<Band, void, undefined> {
  checkSide('width', width)
  checkSide('height', height)
  const painter = createPainter(pattern)
  const most = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)))
  const pixels = new Uint8ClampedArray(most * width * 4)
  for (let top = 0; top < height; top += most) {
    const rows = Math.min(most, height - top)
    painter.paint({ width, height, top, rows }, pixels)
    yield { top, rows, pixels: pixels.subarray(0, rows * width * 4), done: (top + rows) / height }
  }
}

function checkTile(width: number, height: number, columns: number, rows: number, out: Uint8ClampedArray): void {
  checkSide('width', width)
  checkSide('height', height)
  checkSide('columns', columns)
  checkSide('rows', rows)
  if (out.length < columns * rows * 4)
    throw new RangeError(`Got ${out.length} bytes when expected ${columns} × ${rows} × 4 = ${columns * rows * 4}.`)
}

function checkSide(name: string, pixels: number): void {
  if (!Number.isInteger(pixels) || pixels < 1 || pixels > LARGEST_SIDE)
    throw new RangeError(`Got a ${name} of ${pixels} pixels when expected an integer from 1 to ${LARGEST_SIDE}.`)
}
