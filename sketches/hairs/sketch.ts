/**
 * Hairs
 * At every point of a line, fifty ways in which it could have gone on: veering to the right of it, or to the left.
 * tags: handwriting, many paths, your hand
 * try: Write a word of your own, and watch where the hairs lie close and where they part.
 */
import { Model, Random, Svg } from 'longhand'
import p5 from 'p5'
import { addressNumber, addressSeed, addressText, freshSeed, writeAddress } from '../frame/address.ts'
import { frameTime } from '../frame/frame-time.ts'
import { onPress, slider } from '../frame/knobs.ts'
import { HandLine, InkLine, writeOn } from '../frame/line.ts'
import { onPaletteChange, type Palette, palette, printPalette } from '../frame/palette.ts'
import { savePng, saveText } from '../frame/save.ts'
import { lineSheet, windowSvg } from '../frame/sheet.ts'
import { Sprouts } from '../frame/sprouts.ts'
import { previewReady, start } from '../frame/start.ts'
import { drawHair, type Hair, Tufts } from '../frame/tufts.ts'
import { onWeightsDropped, pageWeights } from '../frame/weights.ts'

// Knobs to play with.
const HAIRS = 50 // a tuft, and a tuft at every movement
const TEMPERATURE = addressNumber('temperature', 0.5, 0, 2) // of the line; that of the hairs is their variation
const SPEED = addressNumber('speed', 1, 0.1, 10)
const UNIT = () => Math.max(9, innerWidth / 58) // pixels a model unit; a small letter is 2.7 of them high
const WEIGHT = () => 1.2 + innerWidth / 1200 // of the line, pixels
const SIDE = (right: boolean, { accent, cool }: Palette) => (right ? accent : cool)
const THICKNESS = (along: number) => (1.3 - 0.8 * along) * (0.7 + innerWidth / 2400) // of a hair, from its root, 0, to 1
const OPACITY = (along: number) => 0.55 - 0.3 * along
const REST = 60 // seconds for which a finished drawing is shown

const sheet = document.getElementById('sketch') as HTMLElement
const length = slider('length')
const variation = slider('variation')
const isPreview = addressText('preview') !== null

start(async () => {
  let model = new Model(await pageWeights())
  let seed = 0
  let line: HandLine | InkLine
  let revision: number // of the line that is on the paper
  let tufts: Tufts
  let asked: string // what the sliders said when the hairs began to grow
  const sprouts = new Sprouts()
  let rested = 0 // seconds
  let colors: Palette

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('A handwritten line with fine hairs along it: the ways in which it could have gone on.')
      begin(addressSeed())
    }

    p.draw = () => {
      const seconds = p.deltaTime / 1000
      const inTime = frameTime(isPreview ? 50 : 8)
      line.goOn(seconds * SPEED, inTime)
      if (line.revision !== revision || asked !== sliders()) grow()
      ink((context) => line.ink(context))
      const grows = tufts.grow(inTime)
      onPaper((context) => sprouts.draw(context, tufts.hairs, line, style))
      rested = grows || !line.rests ? 0 : rested + seconds
      if (rested > REST) begin((seed + 1) % 2 ** 32)
      if (isPreview && tufts.hairs.length > 4000) previewReady()
    }

    function sliders() {
      return `${length.value} ${variation.value}`
    }

    /** Another hand writes. */
    function begin(newSeed: number) {
      seed = newSeed
      writeAddress('seed', seed)
      model.random = new Random(seed)
      line = new HandLine(model, TEMPERATURE, paper())
      grow()
    }

    /** The visitor's hand writes. */
    function takeOver() {
      const own = new InkLine(model, paper())
      line = own
      grow()
      return own
    }

    /** All hairs are cut, and others grow as the sliders say. */
    function grow() {
      asked = sliders()
      tufts = new Tufts(model, line, { count: HAIRS, length: length.value, temperature: variation.value, seed })
      layOut()
    }

    /** A clean sheet, and on it the line so far; what hairs there are come back. */
    function layOut() {
      colors = palette()
      revision = line.revision
      rested = 0
      sprouts.clear()
      p.clear()
      line.layOut(paper())
      ink((context) => line.inkAll(context))
    }

    const paper = () => lineSheet(UNIT(), 11 * UNIT(), innerWidth / UNIT() < 50 ? 3 : 1)

    function style(context: CanvasRenderingContext2D, { right }: Hair, along: number) {
      context.strokeStyle = SIDE(right, colors)
      context.lineWidth = THICKNESS(along)
      context.globalAlpha = OPACITY(along)
    }

    function ink(draw: (context: CanvasRenderingContext2D) => void) {
      onPaper((context) => {
        context.lineCap = context.lineJoin = 'round'
        context.lineWidth = WEIGHT()
        context.strokeStyle = colors.ink
        context.beginPath()
        draw(context)
        context.stroke()
      })
    }

    function onPaper(draw: (context: CanvasRenderingContext2D) => void) {
      const context = p.drawingContext as CanvasRenderingContext2D
      context.save()
      context.scale(line.scale, line.scale)
      draw(context)
      context.restore()
    }

    /** A layer for each side, and one for the line. */
    function saveSvg() {
      const inks = printPalette()
      const drawing = new Svg()
      for (const right of [true, false]) {
        drawing.layer(SIDE(right, inks), right ? 'right' : 'left')
        for (const hair of tufts.hairs) if (hair.right === right) drawHair(hair, line, drawing)
      }
      drawing.layer(inks.ink, 'line')
      line.inkAll(drawing)
      saveText(
        windowSvg(drawing, WEIGHT(), `longhand, hairs, seed ${seed}`),
        `longhand-hairs-${seed}.svg`,
        'image/svg+xml',
      )
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      layOut()
    }
    onPaletteChange(layOut)
    writeOn(sheet, () => (line instanceof InkLine && !line.full ? line : takeOver()))
    onPress('restart', () => begin(freshSeed()))
    onPress('svg', saveSvg)
    onPress('png', () => savePng(p.drawingContext.canvas, colors.paper, `longhand-hairs-${seed}.png`))
    onWeightsDropped((weights) => {
      model = new Model(weights)
      begin(seed)
    })
  }, sheet)
})
