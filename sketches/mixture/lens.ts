import { densityMap, type Mixture, type Movement, Pen, temper } from 'longhand'
import type { Palette } from '../frame/palette.ts'
import { rgb } from '../frame/rgb.ts'
import { drawRim, drawWeights } from './dial.ts'
import type { Layout } from './layout.ts'
import { between, drawEllipses, NEAREST, reachOf } from './mixture-shape.ts'

const CELLS = 88 // of the density map, per row
const ADAPT = 0.22 // time constant of the reach, in seconds
const LINE = 0.024 // stroke width at the smallest reach, in model units
const TRAIL = 90 // movements shown

/** A lens over the tip of the pen: shows what was written, and the density of where it goes next. */
export class Lens {
  /** model units from the center to the rim */
  reach = 2
  #before: Mixture | undefined // the distribution of the last movement
  #next: Mixture | undefined // the distribution of the next one
  #shown: Mixture | undefined
  readonly #map = new Float32Array(CELLS * CELLS)
  readonly #picture = new OffscreenCanvas(CELLS, CELLS)

  /** Starts a line with the distribution of its first movement. */
  begin(next: Mixture): void {
    this.#before = this.#next = next
  }

  /** Takes the distribution of the movement after the one just sampled. */
  expect(next: Mixture): void {
    this.#before = this.#next
    this.#next = next
  }

  /** Updates what is shown. @param way share of the last movement that the pen has made, 0…1 */
  look(temperature: number, way: number, seconds: number): void {
    if (!this.#before || !this.#next) return
    this.#shown = temper(between(this.#before, this.#next, way), temperature)
    this.reach += (1 - Math.exp(-seconds / ADAPT)) * (reachOf(this.#shown) - this.reach)
  }

  /**
   * Draws the view, the probability that the pen is lifted around it, and the component weights beside it.
   * @param movements in model units; the pen has made only a part of the last one
   * @param withDraw whether to mark the sampled point until the pen arrives
   */
  draw(
    context: CanvasRenderingContext2D,
    place: Layout,
    movements: readonly Movement[],
    way: number,
    withDraw: boolean,
    colors: Palette,
  ): void {
    if (!this.#shown) return
    const { x, y, radius } = place.lens
    const scale = radius / this.reach
    context.save()
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.clip()
    context.translate(x, y)
    context.scale(scale, scale)
    this.#drawDensity(context, this.#shown, colors.accent)
    drawEllipses(context, this.#shown, colors.ink, Math.max(1.2, radius / 150) / scale)
    this.#drawTrail(context, movements.slice(-TRAIL), way, colors, withDraw)
    context.restore()
    drawRim(context, place.lens, this.#shown.eos, colors)
    drawWeights(context, place.weights, this.#shown, place.text, colors)
  }

  #drawTrail(
    context: CanvasRenderingContext2D,
    trail: Movement[],
    way: number,
    { ink, accent }: Palette,
    withDraw: boolean,
  ): void {
    const width = LINE * Math.sqrt(this.reach / NEAREST)
    const [dx, dy, lifts] = trail[trail.length - 1] ?? [0, 0, 0]
    const gone: Movement[] = [...trail.slice(0, -1), [way * dx, way * dy, way < 1 ? 0 : lifts]]
    const back = (axis: 0 | 1) => gone.reduce((sum, movement) => sum - movement[axis], 0)
    const pen = new Pen(back(0), back(1))
    context.strokeStyle = context.fillStyle = ink
    context.lineWidth = width
    context.beginPath()
    for (const movement of gone) pen.move(movement, context)
    pen.jump(0, 0, context) // up to the tip
    context.stroke()
    dot(context, 0, 0, 1.4 * width)
    context.fillStyle = accent
    if (withDraw && way < 1) dot(context, (1 - way) * dx, (1 - way) * dy, 1.4 * width) // the sampled point, where the pen goes
  }

  #drawDensity(context: CanvasRenderingContext2D, mixture: Mixture, color: string): void {
    const { reach } = this
    const cell = (2 * reach) / CELLS
    densityMap(mixture, { left: -reach, top: -reach, cell, columns: CELLS, rows: CELLS }, this.#map)
    const peak = this.#map.reduce((highest, value) => Math.max(highest, value), 0)
    const pixels = new ImageData(CELLS, CELLS)
    const [red, green, blue] = rgb(color)
    this.#map.forEach((value, n) => {
      pixels.data.set([red, green, blue, 235 * (value / peak) ** 0.4], 4 * n) // otherwise only the peak would be visible
    })
    const picture = this.#picture.getContext('2d') as OffscreenCanvasRenderingContext2D
    picture.putImageData(pixels, 0, 0)
    context.imageSmoothingQuality = 'high'
    context.drawImage(this.#picture, -reach, -reach, 2 * reach, 2 * reach)
  }
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}
