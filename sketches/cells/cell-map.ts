import type { CellOrder, Point, State } from 'longhand'
import type { Palette } from '../frame/palette.ts'
import { rgb } from '../frame/rgb.ts'
import { type Line, LONGEST } from '../frame/written-line.ts'
import { activity, shade } from './activity.ts'

interface Box {
  left: number
  top: number
  width: number
  height: number
}

const COPY = 10 // pixels: the height of a copy of the selected row above the map
const GAP = 8
const TICK = 10
const DOT = 4

/**
 * All cells as a picture: one column per movement, one row per cell, one pixel per value, shown at any size. It is below its
 * line and as wide. Columns have equal widths, so a slowly written letter takes more of them.
 */
export class CellMap {
  readonly #canvas = document.createElement('canvas')
  readonly #line: Line
  readonly #cells: CellOrder
  readonly #colors: Palette
  readonly #shades = new Uint8ClampedArray(4 * 256)
  #columns = 0
  #box: Box = { left: 0, top: 0, width: 0, height: 0 }

  constructor(line: Line, cells: CellOrder, colors: Palette) {
    this.#line = line
    this.#cells = cells
    this.#colors = colors
    this.#canvas.width = LONGEST
    this.#canvas.height = cells.order.length
    const [low, middle, high] = [colors.cool, colors.paper, colors.accent].map(rgb)
    for (let n = 0; n < 256; n++) this.#shades.set([...shade(n / 127.5 - 1, low, middle, high), 255], 4 * n)
  }

  /** Adds what the network has read since. @param top, bottom: place in the window. @returns whether anything changed */
  update(top: number, bottom: number): boolean {
    const { states, points, scale } = this.#line
    const columns = Math.min(states.length, this.#canvas.width)
    let left = Number.POSITIVE_INFINITY
    let right = 0
    for (const { x } of points) {
      left = Math.min(left, x * scale)
      right = Math.max(right, x * scale)
    }
    const before = JSON.stringify([this.#columns, this.#box]) // short: a few numbers
    while (this.#columns < columns) this.#paint(states[this.#columns])
    this.#box = { left, top, width: right - left, height: bottom - top }
    return JSON.stringify([this.#columns, this.#box]) !== before
  }

  /** Returns the row and the column at a place of the window, if it is on the map or just beside it. */
  at({ x, y }: Point): { row: number; column: number } | undefined {
    const { left, top, width, height } = this.#box
    const rows = this.#cells.order.length
    if (this.#columns === 0 || y < top - COPY - GAP || y > top + height + GAP) return undefined
    const row = Math.floor(((y - top) / height) * rows)
    return { row: Math.min(Math.max(row, 0), rows - 1), column: Math.floor(((x - left) / width) * this.#columns) }
  }

  /** Draws the map with the selected row and, if there is one, the selected column. */
  draw(context: CanvasRenderingContext2D, row: number, column: number): void {
    if (this.#columns === 0) return
    const { left, top, width, height } = this.#box
    const rows = this.#canvas.height
    const copy = top - GAP - COPY
    // Blend rows smaller than a device pixel instead of dropping them.
    context.imageSmoothingEnabled = height * devicePixelRatio < rows
    context.drawImage(this.#canvas, 0, 0, this.#columns, rows, left, top, width, height)
    context.imageSmoothingEnabled = false
    context.drawImage(this.#canvas, 0, row, this.#columns, 1, left, copy, width, COPY)
    const y = top + ((row + 0.5) / rows) * height
    context.beginPath()
    for (const x of [left - GAP - TICK, left + width + GAP]) {
      context.moveTo(x, y)
      context.lineTo(x + TICK, y)
    }
    context.lineWidth = 1
    context.strokeStyle = context.fillStyle = this.#colors.ink
    context.stroke()
    const point = this.#line.points[column]
    if (!point) return
    const x = left + ((column + 0.5) / this.#columns) * width
    const { scale } = this.#line
    context.beginPath()
    context.arc(point.x * scale, point.y * scale, DOT, 0, 2 * Math.PI)
    context.fill()
    context.beginPath()
    context.moveTo(point.x * scale, point.y * scale)
    context.lineTo(x, copy)
    context.moveTo(x, top)
    context.lineTo(x, top + height)
    context.globalAlpha = 0.5
    context.stroke()
    context.globalAlpha = 1
  }

  #paint(state: State): void {
    const context = this.#canvas.getContext('2d')
    const { order } = this.#cells
    const column = new ImageData(1, order.length)
    for (let row = 0; row < order.length; row++) {
      const n = Math.round(127.5 * (activity(state, order[row], this.#cells) + 1))
      column.data.set(this.#shades.subarray(4 * n, 4 * n + 4), 4 * row)
    }
    context?.putImageData(column, this.#columns++, 0)
  }
}
