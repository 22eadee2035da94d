/**
 * Write
 * A network writes by hand, line after line and page after page, for as long as you let it.
 * tags: handwriting, free writing
 * try: Drag the temperature while it writes, then press R for another hand.
 */
import { FreeHand, Manuscript, type Movement } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { pageActions } from '../frame/page-actions.ts'
import { manuscriptSvg, windowPage } from '../frame/page-layout.ts'
import { type Palette, palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { onPause } from '../frame/pause.ts'
import { SeededModel } from '../frame/seeded-model.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { WritingPace } from '../frame/writing-pace.ts'

// Settings to play with.
const UNIT = (width: number) => 3 + width / 300 // pixels per model unit; a small letter is 2.7 units high
const COLOR = (line: number, { ink, accent, ochre }: Palette) => [ink, ink, accent, ink, ochre, ink][line % 6]
const WEIGHT = 0.26 // stroke width, in model units
const SWELL = 0.45 // how much thicker the stroke is where the pen is slow
const REST = 4 // seconds that a full page is shown
const FADE = 1.5 // seconds that it takes to fade
const LONGEST = 20_000 // movements on a page

const temperature = slider('temperature')
const speed = slider('speed')

startSketch((p, weights, page) => {
  const manuscript = new Manuscript<number>(windowPage(UNIT(innerWidth))) // tagged with the width of the stroke
  const pace = new WritingPace()
  const seeded = new SeededModel(weights, begin)
  let hand: FreeHand
  let colors: Palette
  let rested = 0 // seconds since the page was full
  let swell = 1

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Handwriting that appears line by line, as if a pen wrote it.')
    seeded.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (manuscript.full || manuscript.length > LONGEST) turnPage(seconds)
    else if (hand.warmUp(frameTime())) pace.run(seconds * speed.value, write)
    if (isPreview && (manuscript.full || manuscript.line > 4)) previewReady()
  }

  function begin() {
    hand = new FreeHand(seeded.model)
    manuscript.clear()
    layOut()
  }

  function write() {
    const movement = hand.write(temperature.value)
    const [dx, dy] = movement
    // A slow pen leaves more ink. Smoothed, because ink keeps flowing for a moment.
    swell += 0.25 * (1 + SWELL * (0.5 - Math.min(Math.hypot(dx, dy) / 1.6, 1)) - swell)
    const { x, y } = manuscript.pen
    manuscript.add(movement, swell)
    draw(manuscript.length - 1)
    if (manuscript.full) return null
    const { unit } = manuscript.layout // the pen takes its time to start a new line
    return [(manuscript.pen.x - x) / unit, (manuscript.pen.y - y) / unit, movement[2]] as Movement
  }

  function draw(index: number) {
    const { line, tag } = manuscript.mark(index)
    const context = p.drawingContext as CanvasRenderingContext2D
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = WEIGHT * manuscript.layout.unit * tag
    context.strokeStyle = COLOR(line, colors)
    context.beginPath()
    manuscript.draw(context, index, index + 1)
    context.stroke()
  }

  /** Draws the page again, for a window or a time of day that has changed. */
  function layOut() {
    colors = palette()
    rested = 0
    page.style.opacity = '1'
    p.background(colors.paper)
    manuscript.layOut(windowPage(UNIT(p.width)))
    for (let index = 0; index < manuscript.length; index++) draw(index)
  }

  /** Shows a full page for a while, fades it, and starts the page of the next seed. */
  function turnPage(seconds: number) {
    rested += seconds
    if (!prefersReducedMotion()) page.style.opacity = `${Math.min(1, Math.max(0, 1 + (REST - rested) / FADE))}`
    if (rested > REST + FADE) seeded.begin(seeded.seed + 1)
  }

  function svg() {
    const colors = printPalette()
    const width = WEIGHT * manuscript.layout.unit
    return manuscriptSvg(manuscript, width, `longhand, seed ${seeded.seed}`, ({ line }) => COLOR(line, colors))
  }

  pageActions(p, { layOut, svg, name: () => `longhand-${seeded.seed}` })
  onPause(p)
})
