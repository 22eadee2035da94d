/**
 * Continue
 * You write a few letters and pause; a network continues in your size and slant, until you take over again.
 * tags: handwriting, interactive
 * try: Write half a word and wait. Then take over again, in the middle of what it writes.
 */
import { Model, Random, Reader } from 'longhand'
import { addressNumber, addressSeed } from '../frame/address.ts'
import { Bundle } from '../frame/bundle.ts'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import type { By } from '../frame/ink-drawing.ts'
import { notice } from '../frame/notice.ts'
import { Overlay } from '../frame/overlay.ts'
import { pageActions } from '../frame/page-actions.ts'
import type { Palette } from '../frame/palette.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { VisitorPage } from '../frame/visitor-page.ts'
import { onWeightsDropped } from '../frame/weights.ts'
import { WritingPace } from '../frame/writing-pace.ts'
import { Continuation } from './continuation.ts'

// Settings to play with.
const COLOR = (by: By, { ink, accent }: Palette) => (by === 'visitor' ? ink : accent)
const WEIGHT = () => 1.7 + innerWidth / 1200 // stroke width, pixels
const REST = 0.6 // seconds without writing after which the network continues
const LETTER = 20 // movements, on average
const AHEAD = { count: 5, steps: 18 } // the paths ahead of the pen
const FAINT = 0.35 // their opacity
// Where the demonstration writes, in pixels.
const DEMO = () => ({
  x: 0.1 * innerWidth,
  y: 0.44 * innerHeight,
  xHeight: Math.min(innerWidth / 14, innerHeight / 18),
})

const length = slider('length')
const temperature = slider('temperature')
const speed = addressNumber('speed', 1, 0.25, 4)

startSketch((p, weights, container) => {
  const pace = new WritingPace()
  const overlay = new Overlay(container)
  let model = new Model(weights)
  let visitor: VisitorPage
  let reader: Reader
  let bundle: Bundle
  let network: Continuation | undefined // while it writes
  let waits = false // for the visitor to pause

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Your handwriting, and after it that of a network, which continues where you pause.')
    const context = () => p.drawingContext as CanvasRenderingContext2D
    const onVisitor = (does: 'write' | 'undo') => stop(does === 'write')
    visitor = new VisitorPage(container, { context, weight: WEIGHT, color: COLOR, demo: DEMO, onVisitor })
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
    if (visitor.frame(seconds)) visitor.lift()
    const hasRead = reader.read(hasTime)
    if (network && hasRead) pace.run(seconds * speed, write)
    else if (waits && hasRead && visitor.rested > REST) network = new Continuation(visitor.ink, visitor.drawing)
    else if (waits && hasRead) bundle.grow({ ...AHEAD, temperature: temperature.value }, seconds, hasTime)
    if (network) bundle.rest()
    const context = overlay.clear(visitor.drawing.scale)
    bundle.draw(context, visitor.colors.accent, WEIGHT() / 2, FAINT, seconds)
    visitor.drawing.drawTip(context, visitor.color(network ? 'network' : 'visitor'))
  }

  /** Writes one movement of the network, until it has written enough. */
  function write() {
    if (!network || !reader.read()) return null
    const most = length.value * LETTER
    const { full, movements, touches } = network
    if (full || (movements > most && !touches) || movements > 2 * most) {
      stop(false)
      if (full) notice('The page is full.', 6)
      if (isPreview) previewReady()
      return null
    }
    const movement = model.sample(model.get_pdf(reader.state), temperature.value) // scale factor 1: model units
    network.write(movement, visitor.context, visitor.color('network'))
    return movement
  }

  /** Stops the network. @param resumes whether it continues once the visitor pauses */
  function stop(resumes: boolean) {
    if (network?.touches) visitor.drawing.end(visitor.context, visitor.color('network'))
    network = undefined
    waits = resumes
    notice('')
    bundle?.rest()
  }

  function layOut() {
    if (network) stop(true)
    visitor.layOut()
  }

  pageActions(p, { layOut, svg: () => visitor.svg('longhand-continue'), name: () => 'longhand-continue' })
  onWeightsDropped((weights) => {
    model = new Model(weights)
    begin()
  })
})
