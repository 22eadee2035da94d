/**
 * Hairs
 * At every point of a line, fifty ways in which it could have continued, veering to the right or to the left.
 * tags: handwriting, many paths, your hand
 * try: Write a word of your own, and see where the hairs stay close and where they spread.
 */
import { Svg } from 'longhand'
import { addressNumber } from '../frame/address.ts'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime, NETWORK_TIME } from '../frame/frame-time.ts'
import { LinePage } from '../frame/line-page.ts'
import { pageActions } from '../frame/page-actions.ts'
import { linePage, windowSvg } from '../frame/page-layout.ts'
import { type Palette, printPalette } from '../frame/palette.ts'
import { savePng } from '../frame/save.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { LONGEST } from '../frame/written-line.ts'
import { Hairs } from './hairs.ts'
import { Sprouts } from './sprouts.ts'
import { Tufts } from './tufts.ts'

// Settings to play with.
const HAIRS = 50 // per tuft; there is a tuft at every movement
const TEMPERATURE = addressNumber('temperature', 0.5, 0, 2) // of the line; the hairs have the slider variation
const SPEED = addressNumber('speed', 1, 0.1, 10)
const UNIT = () => Math.max(9, innerWidth / 58) // pixels per model unit; a small letter is 2.7 units high
const LAYOUT = () => linePage(UNIT(), 11 * UNIT(), innerWidth / UNIT() < 50 ? 2 : 1)
const WEIGHT = () => 1.5 + innerWidth / 1000 // stroke width, pixels
const SIDE = (right: boolean, { accent, cool }: Palette) => (right ? accent : cool)
const THICKNESS = (along: number) => (1.3 - 0.8 * along) * (0.7 + innerWidth / 2400) // of a hair; along is 0 at its root, 1 at its tip
const OPACITY = (along: number) => 0.42 - 0.26 * along
const REST = 60 // seconds that a finished drawing is shown
const [length, variation] = [slider('length'), slider('variation')]

startSketch((p, weights, container) => {
  const page = new LinePage(container, weights, {
    temperature: TEMPERATURE,
    layout: LAYOUT,
    onLine: grow,
    onRedraw: clear,
  })
  const sprouts = new Sprouts()
  const hairs = new Hairs(HAIRS * LONGEST, length.max)
  let tufts: Tufts | undefined
  let settings: string // of the sliders when the hairs began to grow
  let rested = 0 // seconds

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('A handwritten line with fine hairs along it: the ways in which it could have continued.')
    page.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    const hasTime = frameTime(isPreview ? 50 : NETWORK_TIME)
    page.advance(seconds * SPEED, hasTime)
    if (settings !== sliders()) grow()
    rested = tufts?.grow(hasTime) || !page.line.rests ? 0 : rested + seconds
    draw()
    if (rested > REST) page.begin(page.seed + 1)
    if (isPreview && hairs.count > 4000) previewReady()
  }

  const sliders = () => `${length.value} ${variation.value}`

  /** Removes all hairs and grows others with the settings of the sliders. */
  function grow() {
    settings = sliders()
    tufts?.stop()
    const options = { count: HAIRS, length: length.value, temperature: variation.value, seed: page.seed }
    tufts = new Tufts(page.model, page.line, hairs, options)
    clear()
  }

  /** Clears the page. The line comes back at once, the hairs as fast as possible. */
  function clear() {
    p.clear()
    sprouts.clear()
    page.line.restart()
    rested = 0
  }

  /** Draws what is new of the line, and of the hairs below it. */
  function draw() {
    const context = p.drawingContext as CanvasRenderingContext2D
    page.drawScaled(context, () => {
      context.lineWidth = WEIGHT() / page.line.scale // the same width on a page that is shown smaller
      context.strokeStyle = page.colors.ink
      context.beginPath()
      page.line.drawNew(context)
      context.stroke()
      sprouts.draw(context, hairs, page.line, style)
    })
  }

  function style(context: CanvasRenderingContext2D, right: boolean, along: number) {
    context.strokeStyle = SIDE(right, page.colors)
    context.lineWidth = THICKNESS(along) / page.line.scale
    context.globalAlpha = OPACITY(along)
  }

  /** Exports a layer for each side, and one for the line. */
  function svg() {
    const colors = printPalette()
    const drawing = new Svg()
    for (const right of [true, false]) {
      drawing.layer(SIDE(right, colors), right ? 'right' : 'left')
      for (let n = 0; n < hairs.count; n++) if (hairs.isRight(n) === right) hairs.trace(n, page.line, drawing)
    }
    drawing.layer(colors.ink, 'line')
    page.line.restart()
    page.line.drawNew(drawing)
    return windowSvg(drawing, WEIGHT(), 'longhand, hairs', { scale: page.line.scale })
  }

  const name = () => `longhand-hairs-${page.seed}`
  const png = () => savePng(p.drawingContext.canvas, page.colors.paper, `${name()}.png`)
  pageActions(p, { layOut: () => page.layOut(), svg, png, name })
})
