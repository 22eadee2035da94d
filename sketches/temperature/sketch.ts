/**
 * Temperature
 * A network writes, and a bar as wide as the page says how boldly: ink for a careful hand, vermilion for a wild one.
 * tags: handwriting, temperature
 * try: Drag the bar slowly to the right while it writes, and read the line that comes of it.
 */

import { Hand, Model, type Movement, Page, Random } from 'longhand'
import p5 from 'p5'
import { addressSeed, addressText, freshSeed, writeAddress } from '../frame/address.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { onPress, slider } from '../frame/knobs.ts'
import { Pace } from '../frame/pace.ts'
import { onPaletteChange, type Palette, palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { onPause } from '../frame/pause.ts'
import { saveText } from '../frame/save.ts'
import { sheetSvg, windowSheet } from '../frame/sheet.ts'
import { previewReady, start } from '../frame/start.ts'
import { warmth } from '../frame/warmth.ts'
import { onWeightsDropped, pageWeights } from '../frame/weights.ts'
import { wideBar } from './bar.ts'

// Knobs to play with.
const UNIT = (width: number) => 4.4 + width / 260 // pixels a model unit; a small letter is 2.7 of them high
const COLOR = warmth // of a temperature
const WEIGHT = 0.27 // of the line, in model units
const OVERRUN = 9.5 // model units kept free at the end of a line
const TIDE = 1800 // movements in which the bar goes up and down by itself, until somebody takes it
const REST = 3 // seconds for which a full page is shown
const LONGEST = 8000 // movements on a page, should a careful hand go round in circles

const sheet = document.getElementById('sketch') as HTMLElement
const speed = slider('speed')

start(async () => {
  let model = new Model(await pageWeights())
  let seed = 0
  let hand: Hand
  let page: Page
  let unit: number
  let colors: Palette
  let movements: Movement[] = [] // of this page, in model units
  let temperatures: number[] = [] // at which they were written
  let written = 0 // movements since the hand began
  let rested = 0 // seconds since the page was full
  let taken = addressText('temperature') !== null || prefersReducedMotion() // the bar, by a visitor
  const pace = new Pace()

  new p5((p) => {
    const isFull = () => page.full || movements.length > LONGEST
    const color = (temperature: number) => COLOR(temperature, colors)
    const bar = wideBar(sheet, () => {
      taken = true
      if (isFull()) turnPage()
      bar.paint(color)
    })

    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('Handwriting that a bar makes careful or wild. The wilder it is written, the redder it is.')
      begin(addressSeed())
    }

    p.draw = () => {
      const seconds = frameSeconds(p)
      if (isFull()) rested += seconds
      if (rested > REST) turnPage()
      else if (!isFull() && hand.practise(frameTime())) pace.run(seconds * speed.value, write)
      if (addressText('preview') !== null && isFull()) previewReady()
    }

    function begin(newSeed: number) {
      seed = newSeed
      writeAddress('seed', seed)
      model.set_scale_factor(1)
      model.random = new Random(seed)
      hand = new Hand(model)
      written = 0
      turnPage()
    }

    /** A careful hand hardly ever lifts the pen, so that its lines run over: they do so within the window. */
    function ruled() {
      const options = windowSheet(unit)
      return { ...options, right: Math.min(options.right, p.width - OVERRUN * unit) }
    }

    function turnPage() {
      movements = []
      temperatures = []
      rested = 0
      layOut()
    }

    /** A clean sheet, and on it what this page holds so far. */
    function layOut() {
      colors = palette()
      unit = UNIT(p.width)
      page = new Page(ruled())
      p.background(colors.paper)
      movements.forEach((movement, n) => {
        ink(movement, temperatures[n])
      })
      bar.paint(color)
    }

    function write() {
      if (!taken) bar.value = 1.1 - Math.abs(((written++ / TIDE) % 1) * 2 - 1)
      bar.paint(color)
      const movement = hand.write(bar.value)
      movements.push(movement)
      temperatures.push(bar.value)
      ink(movement, bar.value)
      return isFull() ? null : movement
    }

    function ink([dx, dy, pen]: Movement, itsTemperature: number) {
      const context = p.drawingContext as CanvasRenderingContext2D
      context.lineCap = context.lineJoin = 'round'
      context.lineWidth = WEIGHT * unit
      context.strokeStyle = color(itsTemperature)
      context.beginPath()
      page.write([dx * unit, dy * unit, pen], context)
      context.stroke()
    }

    function saveSvg() {
      const inks = printPalette()
      const tenth = (n: number) => temperatures[n].toFixed(1) // no plotter has more pens than that
      const itsColor = (_: number, n: number) => COLOR(Number(tenth(n)), inks)
      const layer = (_: number, n: number) => `temperature ${tenth(n)}`
      const svg = sheetSvg(movements, ruled(), WEIGHT * unit, itsColor, `longhand, seed ${seed}`, layer)
      saveText(svg, `longhand-${seed}.svg`, 'image/svg+xml')
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight, true)
      layOut()
    }
    onPaletteChange(layOut)
    onPress('restart', () => begin(freshSeed()))
    onPause(p)
    onPress('svg', saveSvg)
    onPress('png', () => p.saveCanvas(`longhand-${seed}`, 'png'))
    onWeightsDropped((weights) => {
      model = new Model(weights)
      begin(seed)
    })
  }, sheet)
})
