/**
 * Pattern hand
 * A network writes with a broad pen, and every line is a window onto a pattern that moves with the memory of the hand.
 * tags: handwriting, pattern, free writing
 * try: Touch the paper: it becomes thin there, and you see what the letters let through.
 */
import { Hand, Model, type Movement, Page, Random } from 'longhand'
import p5 from 'p5'
import { addressSeed, addressText, freshSeed, writeAddress } from '../frame/address.ts'
import { frameTime } from '../frame/frame-time.ts'
import { label, onPress, slider } from '../frame/knobs.ts'
import { Pace } from '../frame/pace.ts'
import { onPaletteChange, palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { saveText } from '../frame/save.ts'
import { sheetSvg, windowSheet } from '../frame/sheet.ts'
import { previewReady, start } from '../frame/start.ts'
import { onWeightsDropped, pageWeights } from '../frame/weights.ts'
import { Glow } from './glow.ts'
import { Lens } from './lens.ts'
import { Nib } from './nib.ts'

// Knobs to play with.
const UNIT = () => 2.4 + Math.sqrt(innerWidth * innerHeight) / 95 // pixels a model unit; a small letter is 2.7 of them high
const NIB = { breadth: 0.85, thickness: 0.2, angle: 0.7 } // model units, and radians
// What keeps the light apart from the paper: by day black becomes ink and white a warm rose, by night black becomes dusk.
const DAY = [
  ['screen', '#1f2a55'],
  ['multiply', '#e3ab98'],
] as const
const NIGHT = [['screen', '#5b4a78']] as const
const REST = 6 // seconds for which a full page is shown
const FADE = 2 // seconds in which it goes
const LONGEST = 20_000 // movements on a page, whatever the hand is about

const sheet = document.getElementById('sketch') as HTMLElement
const temperature = slider('temperature')
const speed = slider('speed')

start(async () => {
  let model = new Model(await pageWeights())
  let seed = 0
  let hand: Hand
  let page: Page
  let nib: Nib
  let colors = palette()
  let movements: Movement[] = [] // of this page, in model units: it is laid out anew from them when the window changes
  let writes = true
  let rested = 0 // seconds since the page was full
  const written = document.createElement('canvas') // the letters alone; the light comes through them
  const glow = new Glow()
  const lens = new Lens(sheet)
  const pace = new Pace()

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('Broad handwriting that appears line by line; a slow coloured pattern is seen through its strokes.')
      begin(addressSeed())
    }

    p.draw = () => {
      const seconds = p.deltaTime / 1000
      if (!writes) rested = Math.min(rested, REST)
      else if (page.full || movements.length > LONGEST) rested += seconds
      else if (hand.practise(frameTime())) pace.run(seconds * speed.value, write)
      if (rested > REST + FADE) begin((seed + 1) % 2 ** 32)
      glow.paint(hand.state, prefersReducedMotion() ? 0 : seconds, isNight() ? NIGHT : DAY)
      show(seconds)
      if (addressText('preview') !== null && (page.full || page.line > 4)) previewReady()
    }

    /** The letters, the light in them, and the paper around them. */
    function show(seconds: number) {
      const context = p.drawingContext as CanvasRenderingContext2D
      context.clearRect(0, 0, innerWidth, innerHeight)
      context.globalAlpha = Math.min(1, Math.max(0, 1 + (REST - rested) / FADE))
      context.drawImage(written, 0, 0, innerWidth, innerHeight)
      context.globalAlpha = 1
      lens.draw(context, seconds)
      context.globalCompositeOperation = 'source-in'
      context.drawImage(glow.canvas, 0, 0, innerWidth, innerHeight)
      context.globalCompositeOperation = 'destination-over'
      context.fillStyle = colors.paper
      context.fillRect(0, 0, innerWidth, innerHeight)
      context.globalCompositeOperation = 'source-over'
    }

    function begin(newSeed: number) {
      seed = newSeed
      writeAddress('seed', seed)
      model.set_scale_factor(1)
      model.random = new Random(seed)
      hand = new Hand(model)
      glow.begin(seed)
      movements = []
      rested = 0
      layOut()
    }

    /** A clean sheet, and on it what this page holds so far. */
    function layOut() {
      colors = palette()
      const density = p.pixelDensity()
      written.width = p.width * density
      written.height = p.height * density
      const context = written.getContext('2d') as CanvasRenderingContext2D
      context.scale(density, density)
      const unit = UNIT()
      page = new Page(windowSheet(unit))
      nib = new Nib(context, NIB.breadth * unit, NIB.thickness * unit, NIB.angle)
      for (const movement of movements) ink(movement)
    }

    function write() {
      const movement = hand.write(temperature.value)
      movements.push(movement)
      ink(movement)
      return page.full ? null : movement
    }

    function ink([dx, dy, pen]: Movement) {
      const unit = UNIT()
      page.write([dx * unit, dy * unit, pen], nib)
    }

    function isNight() {
      return p.lightness(p.color(colors.paper)) < 50
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      layOut()
    }
    onPaletteChange(layOut)
    onPress('restart', () => begin(freshSeed()))
    onPress('pause', () => {
      writes = !writes // the light goes on
      label('pause', writes ? 'pause' : 'go on')
    })
    onPress('svg', () => {
      const { ink: color } = printPalette()
      const weight = NIB.thickness * UNIT()
      const svg = sheetSvg(movements, windowSheet(UNIT()), weight, () => color, `longhand, seed ${seed}`)
      saveText(svg, `longhand-pattern-hand-${seed}.svg`, 'image/svg+xml')
    })
    onPress('png', () => p.saveCanvas(`longhand-pattern-hand-${seed}`, 'png'))
    onWeightsDropped((weights) => {
      model = new Model(weights)
      begin(seed)
    })
  }, sheet)
})
