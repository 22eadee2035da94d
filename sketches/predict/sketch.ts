/**
 * Predict
 * While you write, a network shows the many ways in which your line may continue, as a bundle of faint paths.
 * tags: handwriting, interactive, prediction
 * try: Write slowly and watch the bundle turn with your pen. Then hold still and watch the paths change.
 */
import { Model, Random, Reader } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { Bundle } from '../frame/bundle.ts'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { Overlay } from '../frame/overlay.ts'
import { pageActions } from '../frame/page-actions.ts'
import type { Palette } from '../frame/palette.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { VisitorPage } from '../frame/visitor-page.ts'
import { onWeightsDropped } from '../frame/weights.ts'

// Settings to play with.
const COLOR = (_: unknown, { ink }: Palette) => ink
const WEIGHT = () => 1.7 + innerWidth / 1200 // stroke width of the visitor's line, pixels
const THIN = 0.45 // stroke width of a path, as a share of that
const FAINT = (count: number) => 2.4 / Math.sqrt(count) // opacity of a path at its start
const DEMO = () => ({
  x: 0.27 * innerWidth,
  y: 0.57 * innerHeight,
  xHeight: Math.min(innerWidth / 9, innerHeight / 5),
})
const PREVIEW_PART = 0.56 // of the demonstration, where the preview is taken

const paths = slider('paths')
const length = slider('length')
const temperature = slider('temperature')

startSketch((p, weights, container) => {
  const overlay = new Overlay(container)
  let model = new Model(weights)
  let visitor: VisitorPage
  let reader: Reader
  let bundle: Bundle

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Your handwriting, and ahead of the pen a bundle of faint paths on which it may continue.')
    const context = () => p.drawingContext as CanvasRenderingContext2D
    visitor = new VisitorPage(container, { context, weight: WEIGHT, color: COLOR, demo: DEMO })
    begin()
  }

  /** Starts with a network that has read nothing yet: it reads the whole page first. */
  function begin() {
    model.set_scale_factor(1)
    model.random = new Random(addressSeed())
    reader = new Reader(model, visitor.ink)
    bundle = new Bundle(model, visitor.ink, reader)
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    const hasTime = frameTime()
    const written = visitor.frame(seconds, isPreview ? PREVIEW_PART : 1) // the pen stays down afterward
    const growth = { count: paths.value, steps: length.value, temperature: temperature.value }
    if (reader.read(hasTime)) bundle.grow(growth, seconds, hasTime)
    draw(overlay.clear(visitor.drawing.scale), seconds)
    if (isPreview && written && bundle.size > 0.8 * growth.count) previewReady()
  }

  function draw(context: CanvasRenderingContext2D, seconds: number) {
    bundle.draw(context, visitor.colors.accent, THIN * WEIGHT(), FAINT(paths.value), seconds)
    visitor.drawing.drawTip(context, visitor.colors.ink)
  }

  function svg() {
    return visitor.svg('longhand-predict', (drawing, { accent }) => {
      drawing.layer(accent, 'paths')
      bundle.trace(drawing)
    })
  }

  /** Saves a picture with the paths: draws them on the main canvas for a moment. */
  function png() {
    const { context, drawing } = visitor
    context.save()
    context.scale(drawing.scale, drawing.scale)
    draw(context, 0)
    context.restore()
    p.saveCanvas('longhand-predict', 'png')
    visitor.layOut()
  }

  pageActions(p, { layOut: () => visitor.layOut(), svg, png, name: () => 'longhand-predict' })
  onWeightsDropped((weights) => {
    model = new Model(weights)
    begin()
  })
})
