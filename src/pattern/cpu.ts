import { type Activation, activations } from './activation.ts'
import { opacities, paints } from './color.ts'
import { type Layer, OPACITY } from './network.ts'
import type { Pattern } from './pattern.ts'
import { createPlaces, slotsOf } from './position.ts'
import { LARGEST_SIDE } from './recipe.ts'

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

/** Pixels that go through the network side by side. */
const BATCH = 64
const OUTPUT_ROWS = 2
const INPUT_COLUMNS = 4

/** Paints patterns of one network; it keeps the memory that this takes from one tile to the next. */
export interface Painter {
  /**
   * Paints a rectangle of the picture. A pixel has the same bytes in whichever tile it stands.
   * @param out (rows, columns, 4) RGBA, straight (not premultiplied) alpha, written from its beginning
   */
  paint(tile: Tile, out: Uint8ClampedArray): void
}

/**
 * The renderer in plain TypeScript: additions, multiplications, divisions and square roots in float64, and so the same
 * bytes on every machine.
 */
export function createPainter(pattern: Pattern): Painter {
  const { symmetry, view, hue } = pattern
  const slots = slotsOf(pattern.inputs)
  const layers = pattern.layers.map((layer, n) => packLayer(n === 0 ? pickColumns(layer, slots) : layer))
  const places = createPlaces(pattern.inputs, symmetry, BATCH)
  // A layer may read some planes past those that the one before has written: what it finds there has no weight.
  const widest = roundUp(Math.max(...layers.map(({ outputs }) => outputs)), INPUT_COLUMNS)
  const scratch = [new Float64Array(widest * BATCH), new Float64Array(widest * BATCH)] as const
  const paintColors = paints[pattern.color]
  const opacity = opacities[pattern.alpha]

  return {
    paint(tile, out) {
      const { width, height, left = 0, top = 0, columns = width, rows = height } = tile
      checkTile(width, height, columns, rows, out)
      const unit = 1 / (Math.min(width, height) * view.zoom)
      const column0 = left + 0.5 - width / 2
      const row0 = top + 0.5 - height / 2
      const pixels = columns * rows
      let column = 0
      let row = 0
      for (let begin = 0; begin < pixels; begin += BATCH) {
        // The last batch runs on below the tile, and is cut off when it is painted.
        for (let p = 0; p < BATCH; p++) {
          places.x[p] = (column0 + column) * unit + view.center[0]
          places.y[p] = (row0 + row) * unit + view.center[1]
          if (++column === columns) {
            column = 0
            row++
          }
        }
        places.describe()
        let answers = places.planes
        for (const [n, layer] of layers.entries()) {
          const target = scratch[(n & 1) as 0 | 1]
          applyLayer(layer, answers, target)
          answers = target
        }
        const count = Math.min(BATCH, pixels - begin)
        paintColors(answers, BATCH, count, hue, out, 4 * begin)
        for (let p = 0, k = 4 * begin + 3; p < count; p++, k += 4)
          out[k] = 255 * opacity(answers[OPACITY * BATCH + p] as number)
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

interface PackedLayer {
  /** padded to INPUT_COLUMNS and OUTPUT_ROWS with zeros */
  readonly inputs: number
  readonly outputs: number
  /** (outputs, inputs) */
  readonly weights: Float64Array
  readonly bias: Float64Array
  /** neighbours of the same activation together; from and to count units */
  readonly runs: readonly { from: number; to: number; activation: Activation }[]
}

function packLayer(layer: Layer): PackedLayer {
  const inputs = roundUp(layer.inputs, INPUT_COLUMNS)
  const outputs = roundUp(layer.outputs, OUTPUT_ROWS)
  const weights = new Float64Array(outputs * inputs)
  for (let row = 0; row < layer.outputs; row++)
    weights.set(layer.weights.subarray(row * layer.inputs, (row + 1) * layer.inputs), row * inputs)
  const bias = new Float64Array(outputs)
  bias.set(layer.bias)
  const runs: { from: number; to: number; activation: Activation }[] = []
  for (const [group, activation] of layer.activations.entries()) {
    const before = runs[runs.length - 1]
    const to = Math.min(4 * group + 4, layer.outputs)
    if (before?.activation === activation) before.to = to
    else runs.push({ from: 4 * group, to, activation })
  }
  return { inputs, outputs, weights, bias, runs }
}

/** Only the columns of the slots that the pattern uses. */
function pickColumns(layer: Layer, slots: readonly number[]): Layer {
  const weights = new Float32Array(layer.outputs * slots.length)
  for (let row = 0; row < layer.outputs; row++)
    for (const [n, slot] of slots.entries())
      weights[row * slots.length + n] = layer.weights[row * layer.inputs + slot] as number
  return { ...layer, inputs: slots.length, weights }
}

/** target (outputs, BATCH) = activation(weights · source (inputs, BATCH) + bias) */
function applyLayer({ inputs, outputs, weights, bias, runs }: PackedLayer, source: Float64Array, target: Float64Array) {
  for (let row = 0; row < outputs; row += OUTPUT_ROWS)
    for (let column = 0; column < inputs; column += INPUT_COLUMNS)
      accumulate(weights, bias, inputs, row, column, source, target)
  for (const { from, to, activation } of runs) activations[activation](target, from * BATCH, to * BATCH)
}

/**
 * What four inputs add to two outputs, for the whole batch: eight weights stay in registers, while the pixels stream by.
 */
function accumulate(
  weights: Float64Array,
  bias: Float64Array,
  inputs: number,
  row: number,
  column: number,
  source: Float64Array,
  target: Float64Array,
): void {
  const w = row * inputs + column
  const a0 = weights[w] as number
  const a1 = weights[w + 1] as number
  const a2 = weights[w + 2] as number
  const a3 = weights[w + 3] as number
  const b0 = weights[w + inputs] as number
  const b1 = weights[w + inputs + 1] as number
  const b2 = weights[w + inputs + 2] as number
  const b3 = weights[w + inputs + 3] as number
  const a = row * BATCH
  const b = a + BATCH
  if (column === 0) {
    target.fill(bias[row] as number, a, b)
    target.fill(bias[row + 1] as number, b, b + BATCH)
  }
  const k0 = column * BATCH
  const k1 = k0 + BATCH
  const k2 = k1 + BATCH
  const k3 = k2 + BATCH
  for (let p = 0; p < BATCH; p++) {
    const x0 = source[k0 + p] as number
    const x1 = source[k1 + p] as number
    const x2 = source[k2 + p] as number
    const x3 = source[k3 + p] as number
    target[a + p] = (target[a + p] as number) + (a0 * x0 + a1 * x1 + (a2 * x2 + a3 * x3))
    target[b + p] = (target[b + p] as number) + (b0 * x0 + b1 * x1 + (b2 * x2 + b3 * x3))
  }
}

function roundUp(size: number, multiple: number): number {
  return Math.ceil(size / multiple) * multiple
}
