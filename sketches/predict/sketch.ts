/**
 * Predict
 * While you write, a network shows the many ways in which your line may go on, as a bundle of faint paths.
 * tags: handwriting, interactive, prediction
 * try: Write slowly and watch the bundle turn with your pen. Then hold still, and let it breathe.
 */
import { Model, Random, Reader } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { Bundle } from '../frame/bundle.ts'
import { controls } from '../frame/controls.ts'
import { Desk } from '../frame/desk.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { slider } from '../frame/knobs.ts'
import type { Palette } from '../frame/palette.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { Veil } from '../frame/veil.ts'
import { onWeightsDropped } from '../frame/weights.ts'

// Knobs to play with.
const COLOR = (_: unknown, { ink }: Palette) => ink
const WEIGHT = () => 1.7 + innerWidth / 1200 // of the visitor's line, pixels
const THIN = 0.45 // of a path, as a part of that
const FAINT = (count: number) => 2.4 / Math.sqrt(count) // opacity of a path where it begins
const LETTERS = () => ({
  x: 0.27 * innerWidth,
  y: 0.57 * innerHeight,
  xHeight: Math.min(innerWidth / 9, innerHeight / 5),
})
const MIDST = 0.56 // of them: here they are worth a picture

const paths = slider('paths')
const length = slider('length')
const temperature = slider('temperature')

startSketch((p, weights, sheet) => {
  const veil = new Veil(sheet)
  let model = new Model(weights)
  let desk: Desk
  let reader: Reader
  let bundle: Bundle

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Your handwriting, and ahead of the pen a bundle of faint paths on which it may go on.')
    const context = () => p.drawingContext as CanvasRenderingContext2D
    desk = new Desk(sheet, { context, weight: WEIGHT, color: COLOR, letters: LETTERS })
    begin()
  }

  /** A network that has not read anything yet: it will read all that is there. */
  function begin() {
    model.set_scale_factor(1)
    model.random = new Random(addressSeed())
    reader = new Reader(model, desk.writer)
    bundle = new Bundle(model, desk.writer, reader)
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    const inTime = frameTime()
    const written = desk.frame(seconds, isPreview ? MIDST : 1) // the pen stays on the paper after them
    const growth = { count: paths.value, steps: length.value, temperature: temperature.value }
    if (reader.read(inTime)) bundle.grow(growth, seconds, inTime)
    draw(veil.wipe(desk.paper.scale), seconds)
    if (isPreview && written && bundle.size > 0.8 * growth.count) previewReady()
  }

  function draw(context: CanvasRenderingContext2D, seconds: number) {
    bundle.draw(context, desk.colors.accent, THIN * WEIGHT(), FAINT(paths.value), seconds)
    desk.paper.drawTip(context, desk.colors.ink)
  }

  function svg() {
    return desk.svg('longhand-predict', (drawing, { accent }) => {
      drawing.layer(accent, 'paths')
      bundle.trace(drawing)
    })
  }

  /** The paths belong on the picture: for a moment they lie on the paper itself. */
  function png() {
    const { context, paper } = desk
    context.save()
    context.scale(paper.scale, paper.scale)
    draw(context, 0)
    context.restore()
    p.saveCanvas('longhand-predict', 'png')
    desk.layOut()
  }

  controls(p, { layOut: () => desk.layOut(), svg, png, name: () => 'longhand-predict' })
  onWeightsDropped((weights) => {
    model = new Model(weights)
    begin()
  })
})
