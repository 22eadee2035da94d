/**
 * Write
 * A network writes by hand, line after line and page after page, for as long as you let it.
 * tags: handwriting, free writing
 * try: Drag the temperature while it writes, then press R for another hand.
 */
import { FreeHand, type Movement, Page, type PageOptions } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { controls } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { slider } from '../frame/knobs.ts'
import { Pace } from '../frame/pace.ts'
import { type Palette, palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { onPause } from '../frame/pause.ts'
import { Seeded } from '../frame/seeded.ts'
import { sheetSvg, windowSheet } from '../frame/sheet.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'

// Knobs to play with.
const UNIT = (width: number) => 3 + width / 300 // pixels a model unit; a small letter is 2.7 of them high
const COLOR = (line: number, { ink, accent, ochre }: Palette) => [ink, ink, accent, ink, ochre, ink][line % 6]
const WEIGHT = 0.26 // of the line, in model units
const SWELL = 0.45 // how much thicker the line is where the pen rests than where it flies
const REST = 4 // seconds for which a full page is shown
const FADE = 1.5 // seconds in which it goes
const LONGEST = 20_000 // movements on a page, whatever the hand is about

const temperature = slider('temperature')
const speed = slider('speed')

startSketch((p, weights, sheet) => {
  let hand: FreeHand
  let page: Page
  let layout: PageOptions
  let unit: number
  let colors: Palette
  let movements: Movement[] = [] // of this page, in model units: it is laid out anew from them when the window changes
  let rested = 0 // seconds since the page was full
  let swell = 1
  const pace = new Pace()
  const seeded = new Seeded(weights, begin)

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Handwriting that appears line by line, as if a pen wrote it.')
    seeded.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (page.full || movements.length > LONGEST) turn(seconds)
    else if (hand.practise(frameTime())) pace.run(seconds * speed.value, write)
    if (isPreview && (page.full || page.line > 4)) previewReady()
  }

  /** Another hand, on a clean sheet. */
  function begin() {
    hand = new FreeHand(seeded.model)
    movements = []
    layOut()
  }

  /** A clean sheet, and on it what this page holds so far. */
  function layOut() {
    colors = palette()
    unit = UNIT(p.width)
    layout = windowSheet(unit)
    page = new Page(layout)
    rested = 0
    swell = 1
    sheet.style.opacity = '1'
    p.background(colors.paper)
    for (const movement of movements) ink(movement)
  }

  function write() {
    const movement = hand.write(temperature.value)
    const { x, y } = page.pen
    movements.push(movement)
    ink(movement)
    // How far the hand went on the sheet: it takes its time to begin a new line.
    return page.full ? null : ([(page.pen.x - x) / unit, (page.pen.y - y) / unit, movement[2]] as Movement)
  }

  function ink([dx, dy, pen]: Movement) {
    const context = p.drawingContext as CanvasRenderingContext2D
    // A slow pen leaves more ink; eased, since ink flows on for a moment.
    swell += 0.25 * (1 + SWELL * (0.5 - Math.min(Math.hypot(dx, dy) / 1.6, 1)) - swell)
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = WEIGHT * unit * swell
    context.strokeStyle = COLOR(page.line, colors)
    context.beginPath()
    page.write([dx * unit, dy * unit, pen], context)
    context.stroke()
  }

  /** A full page is looked at for a while, and fades; then comes the page of the next seed. */
  function turn(seconds: number) {
    rested += seconds
    if (!prefersReducedMotion()) sheet.style.opacity = `${Math.min(1, Math.max(0, 1 + (REST - rested) / FADE))}`
    if (rested > REST + FADE) seeded.begin(seeded.seed + 1)
  }

  function svg() {
    const inks = printPalette()
    return sheetSvg(movements, layout, WEIGHT * unit, (line) => COLOR(line, inks), `longhand, seed ${seeded.seed}`)
  }

  controls(p, { layOut, svg, name: () => `longhand-${seeded.seed}` })
  onPause(p)
})
