/**
 * Temperature
 * A network writes, and a bar as wide as the page says how boldly: ink for a careful hand, vermilion for a wild one.
 * tags: handwriting, temperature
 * try: Drag the bar slowly to the right while it writes, and read the line that comes of it.
 */
import { FreeHand, type Movement, Page } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { controls } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { slider } from '../frame/knobs.ts'
import { Pace } from '../frame/pace.ts'
import { type Palette, palette, printPalette } from '../frame/palette.ts'
import { onPause } from '../frame/pause.ts'
import { Seeded } from '../frame/seeded.ts'
import { sheetSvg, windowSheet } from '../frame/sheet.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { warmth } from '../frame/warmth.ts'
import { wideBar } from './bar.ts'

// Knobs to play with.
const UNIT = (width: number) => 4.4 + width / 260 // pixels a model unit; a small letter is 2.7 of them high
const COLOR = warmth // of a temperature
const WEIGHT = 0.27 // of the line, in model units
const FREE = 9.5 // model units at the end of a line: a careful hand hardly ever lifts the pen, and runs on
const TIDE = 1800 // movements in which the bar goes up and down by itself, until somebody takes it
const REST = 3 // seconds for which a full page is shown
const LONGEST = 8000 // movements on a page, should a careful hand go round in circles

const speed = slider('speed')

startSketch((p, weights, sheet) => {
  let hand: FreeHand
  let page: Page
  let unit: number
  let colors: Palette
  let written: [Movement, temperature: number][] = [] // on this page, in model units
  let rested = 0 // seconds since the page was full
  const pace = new Pace()
  const seeded = new Seeded(weights, begin)
  const isFull = () => page.full || written.length > LONGEST
  const color = (temperature: number) => COLOR(temperature, colors)
  const bar = wideBar(sheet, () => {
    if (isFull()) turnPage()
    bar.paint(color)
  })

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Handwriting that a bar makes careful or wild. The wilder it is written, the redder it is.')
    seeded.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (isFull()) rested += seconds
    if (rested > REST) turnPage()
    else if (!isFull() && hand.practise(frameTime())) pace.run(seconds * speed.value, write)
    if (isPreview && isFull()) previewReady()
  }

  /** Another hand. */
  function begin() {
    hand = new FreeHand(seeded.model)
    bar.beginTide()
    turnPage()
  }

  function turnPage() {
    written = []
    rested = 0
    layOut()
  }

  /** A clean sheet, and on it what this page holds so far. */
  function layOut() {
    colors = palette()
    unit = UNIT(p.width)
    page = new Page(windowSheet(unit, FREE))
    p.background(colors.paper)
    for (const mark of written) ink(...mark)
    bar.paint(color)
  }

  function write() {
    bar.goWithTide(TIDE)
    bar.paint(color)
    const movement = hand.write(bar.value)
    written.push([movement, bar.value])
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

  function svg() {
    const inks = printPalette()
    const movements = written.map(([movement]) => movement)
    const tenth = (n: number) => written[n][1].toFixed(1) // no plotter has more pens than that
    const itsColor = (_: number, n: number) => COLOR(Number(tenth(n)), inks)
    const layer = (_: number, n: number) => `temperature ${tenth(n)}`
    return sheetSvg(movements, windowSheet(unit, FREE), WEIGHT * unit, itsColor, `longhand, seed ${seeded.seed}`, layer)
  }

  controls(p, { layOut, svg, name: () => `longhand-${seeded.seed}` })
  onPause(p)
})
