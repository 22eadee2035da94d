import { densityMap, type Mixture, type Movement, Pen, temper } from 'longhand'
import type { Palette } from '../frame/palette.ts'
import { rgb } from '../frame/rgb.ts'
import { drawRim, drawWeights } from './dial.ts'
import type { Layout } from './layout.ts'

const CELLS = 88 // of the density map, per row
const NEAREST = 0.45 // smallest reach, in model units
const FARTHEST = 9
const ADAPT = 0.22 // time constant of the reach, in seconds
const LINE = 0.024 // stroke width at the smallest reach, in model units
const TRAIL = 90 // movements shown
const SEEN = 0.004 // smallest weight of a component that is drawn

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

/** Interpolates between two mixtures, component by component. */
function between(from: Mixture, to: Mixture, share: number): Mixture {
  const part = (name: 'pi' | 'mu1' | 'mu2' | 'sigma1' | 'sigma2' | 'rho') =>
    to[name].map((value, k) => from[name][k] + share * (value - from[name][k]))
  return {
    pi: part('pi'),
    mu1: part('mu1'),
    mu2: part('mu2'),
    sigma1: part('sigma1'),
    sigma2: part('sigma2'),
    rho: part('rho'),
    eos: from.eos + share * (to.eos - from.eos),
  }
}

/** Returns how far the pen is likely to go. */
function reachOf({ pi, mu1, mu2, sigma1, sigma2 }: Mixture): number {
  let reach = NEAREST
  for (let k = 0; k < pi.length; k++)
    if (pi[k] > 0.05) reach = Math.max(reach, 1.2 * (Math.hypot(mu1[k], mu2[k]) + Math.max(sigma1[k], sigma2[k])))
  return Math.min(reach, FARTHEST)
}

/** Draws each component as an ellipse of two standard deviations, with its weight as opacity. */
function drawEllipses(context: CanvasRenderingContext2D, mixture: Mixture, color: string, width: number): void {
  const { pi, mu1, mu2, sigma1, sigma2, rho } = mixture
  context.strokeStyle = color
  context.lineWidth = width
  for (let k = 0; k < pi.length; k++) {
    if (pi[k] < SEEN) continue
    const [xx, yy, xy] = [sigma1[k] ** 2, sigma2[k] ** 2, rho[k] * sigma1[k] * sigma2[k]]
    const spread = Math.hypot((xx - yy) / 2, xy)
    const long = Math.sqrt((xx + yy) / 2 + spread)
    const short = Math.sqrt(Math.max((xx + yy) / 2 - spread, 0))
    context.globalAlpha = Math.min(1, 1.3 * Math.sqrt(pi[k]))
    context.beginPath()
    context.ellipse(mu1[k], mu2[k], 2 * long, 2 * short, Math.atan2(2 * xy, xx - yy) / 2, 0, 2 * Math.PI)
    context.stroke()
  }
  context.globalAlpha = 1
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}
