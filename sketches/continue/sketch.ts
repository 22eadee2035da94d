/**
 * Continue
 * You write a few letters and rest; a network goes on in your size and slant, until your hand comes back.
 * tags: handwriting, interactive
 * try: Write half a word and wait. Then take over again, in the middle of what it writes.
 */
import { Model, Random, Reader } from 'longhand'
import { addressNumber, addressSeed } from '../frame/address.ts'
import { Bundle } from '../frame/bundle.ts'
import { controls } from '../frame/controls.ts'
import { Desk } from '../frame/desk.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { slider } from '../frame/knobs.ts'
import { notice } from '../frame/notice.ts'
import type { Palette } from '../frame/palette.ts'
import type { By } from '../frame/paper.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { Veil } from '../frame/veil.ts'
import { onWeightsDropped } from '../frame/weights.ts'
import { WritingPace } from '../frame/writing-pace.ts'
import { Continuation } from './continuation.ts'

// Knobs to play with.
const COLOR = (by: By, { ink, accent }: Palette) => (by === 'hand' ? ink : accent)
const WEIGHT = () => 1.7 + innerWidth / 1200 // of a line, pixels
const REST = 0.6 // seconds after which the network goes on
const LETTER = 20 // movements, more or less
const AHEAD = { count: 5, steps: 18 } // the paths that run ahead of the pen
const FAINT = 0.35 // their opacity
// Where the sketch writes a few letters by itself, pixels.
const LETTERS = () => ({
  x: 0.1 * innerWidth,
  y: 0.44 * innerHeight,
  xHeight: Math.min(innerWidth / 14, innerHeight / 18),
})

const length = slider('length')
const temperature = slider('temperature')
const speed = addressNumber('speed', 1, 0.25, 4)

startSketch((p, weights, sheet) => {
  const pace = new WritingPace()
  const veil = new Veil(sheet)
  let model = new Model(weights)
  let desk: Desk
  let reader: Reader
  let bundle: Bundle
  let network: Continuation | undefined // while it writes
  let waits = false // for the hand to rest

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Your handwriting, and behind it that of a network, which goes on where you rest.')
    const context = () => p.drawingContext as CanvasRenderingContext2D
    const onHand = (does: 'write' | 'undo') => stop(does === 'write')
    desk = new Desk(sheet, { context, weight: WEIGHT, color: COLOR, letters: LETTERS, onHand })
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
    if (desk.frame(seconds)) desk.lift()
    const hasRead = reader.read(inTime)
    if (network && hasRead) pace.run(seconds * speed, goOn)
    else if (waits && hasRead && desk.rested > REST) network = new Continuation(desk.writer, desk.paper)
    else if (waits && hasRead) bundle.grow({ ...AHEAD, temperature: temperature.value }, seconds, inTime)
    if (network) bundle.rest()
    const glass = veil.wipe(desk.paper.scale)
    bundle.draw(glass, desk.colors.accent, WEIGHT() / 2, FAINT, seconds)
    desk.paper.drawTip(glass, desk.color(network ? 'network' : 'hand'))
  }

  /** One movement of the network's hand, until it has written enough. */
  function goOn() {
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
    network.write(movement, desk.context, desk.color('network'))
    return movement
  }

  /** The network's hand is lifted. @param goesOn when the visitor's has written and rests again */
  function stop(goesOn: boolean) {
    if (network?.touches) desk.paper.end(desk.context, desk.color('network'))
    network = undefined
    waits = goesOn
    notice('')
    bundle?.rest()
  }

  function layOut() {
    if (network) stop(true)
    desk.layOut()
  }

  controls(p, { layOut, svg: () => desk.svg('longhand-continue'), name: () => 'longhand-continue' })
  onWeightsDropped((weights) => {
    model = new Model(weights)
    begin()
  })
})
