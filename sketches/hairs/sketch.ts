/**
 * Hairs
 * At every point of a line, fifty ways in which it could have gone on: veering to the right of it, or to the left.
 * tags: handwriting, many paths, your hand
 * try: Write a word of your own, and watch where the hairs lie close and where they part.
 */
import { Svg } from 'longhand'
import { addressNumber, addressSeed } from '../frame/address.ts'
import { controls } from '../frame/controls.ts'
import { frameSeconds, frameTime, NETWORK_TIME } from '../frame/frame-time.ts'
import { slider } from '../frame/knobs.ts'
import { LinePage } from '../frame/line-page.ts'
import { linePage, windowSvg } from '../frame/page-layout.ts'
import { type Palette, printPalette } from '../frame/palette.ts'
import { savePng } from '../frame/save.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { LONGEST } from '../frame/written-line.ts'
import { Hairs } from './hairs.ts'
import { Sprouts } from './sprouts.ts'
import { Tufts } from './tufts.ts'

// Knobs to play with.
const HAIRS = 50 // a tuft, and a tuft at every movement
const TEMPERATURE = addressNumber('temperature', 0.5, 0, 2) // of the line; that of the hairs is their variation
const SPEED = addressNumber('speed', 1, 0.1, 10)
const UNIT = () => Math.max(9, innerWidth / 58) // pixels a model unit; a small letter is 2.7 of them high
const PAPER = () => linePage(UNIT(), 11 * UNIT(), innerWidth / UNIT() < 50 ? 2 : 1)
const WEIGHT = () => 1.5 + innerWidth / 1000 // of the line, pixels
const SIDE = (right: boolean, { accent, cool }: Palette) => (right ? accent : cool)
const THICKNESS = (along: number) => (1.3 - 0.8 * along) * (0.7 + innerWidth / 2400) // of a hair, from its root, 0, to 1
const OPACITY = (along: number) => 0.42 - 0.26 * along
const REST = 60 // seconds for which a finished drawing is shown

const length = slider('length')
const variation = slider('variation')

startSketch((p, weights, sheet) => {
  const page = new LinePage(sheet, weights, { temperature: TEMPERATURE, paper: PAPER, onLine: grow, onLook: clear })
  const sprouts = new Sprouts()
  const hairs = new Hairs(HAIRS * LONGEST, length.max)
  let tufts: Tufts | undefined
  let asked: string // what the sliders said when the hairs began to grow
  let rested = 0 // seconds

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('A handwritten line with fine hairs along it: the ways in which it could have gone on.')
    page.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    const inTime = frameTime(isPreview ? 50 : NETWORK_TIME)
    page.goOn(seconds * SPEED, inTime)
    if (asked !== sliders()) grow()
    rested = tufts?.grow(inTime) || !page.line.rests ? 0 : rested + seconds
    draw()
    if (rested > REST) page.begin(page.seed + 1)
    if (isPreview && hairs.count > 4000) previewReady()
  }

  const sliders = () => `${length.value} ${variation.value}`

  /** All hairs are cut, and others grow as the sliders say. */
  function grow() {
    asked = sliders()
    const options = { count: HAIRS, length: length.value, temperature: variation.value, seed: page.seed }
    tufts?.stop()
    tufts = new Tufts(page.model, page.line, hairs, options)
    clear()
  }

  /** A clean sheet; the line comes back on it at once, the hairs as fast as may be. */
  function clear() {
    p.clear()
    sprouts.clear()
    page.line.restart()
    rested = 0
  }

  /** What is new of the line, and under it what is new of its hairs. */
  function draw() {
    const context = p.drawingContext as CanvasRenderingContext2D
    page.onPaper(context, () => {
      context.lineWidth = WEIGHT() / page.line.scale // as thick on a paper that is shown smaller
      context.strokeStyle = page.colors.ink
      context.beginPath()
      page.line.ink(context)
      context.stroke()
      sprouts.draw(context, hairs, page.line, style)
    })
  }

  function style(context: CanvasRenderingContext2D, right: boolean, along: number) {
    context.strokeStyle = SIDE(right, page.colors)
    context.lineWidth = THICKNESS(along) / page.line.scale
    context.globalAlpha = OPACITY(along)
  }

  /** A layer for each side, and one for the line. */
  function svg() {
    const colors = printPalette()
    const drawing = new Svg()
    for (const right of [true, false]) {
      drawing.layer(SIDE(right, colors), right ? 'right' : 'left')
      for (let n = 0; n < hairs.count; n++) if (hairs.isRight(n) === right) hairs.trace(n, page.line, drawing)
    }
    drawing.layer(colors.ink, 'line')
    page.line.restart()
    page.line.ink(drawing)
    return windowSvg(drawing, WEIGHT(), 'longhand, hairs', { scale: page.line.scale })
  }

  const name = () => `longhand-hairs-${page.seed}`
  const png = () => savePng(p.drawingContext.canvas, page.colors.paper, `${name()}.png`)
  controls(p, { layOut: () => page.layOut(), svg, png, name })
})
