/**
 * Temperature
 * A network writes, and a bar as wide as the page sets its temperature: dark ink when low, red when high.
 * tags: handwriting, temperature
 * try: Drag the bar slowly to the right while it writes, and read the line that results.
 */
import { FreeHand, Manuscript } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { pageActions } from '../frame/page-actions.ts'
import { manuscriptSvg, windowPage } from '../frame/page-layout.ts'
import { type Palette, palette, printPalette } from '../frame/palette.ts'
import { onPause } from '../frame/pause.ts'
import { SeededModel } from '../frame/seeded-model.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { warmth } from '../frame/warmth.ts'
import { WritingPace } from '../frame/writing-pace.ts'
import { wideBar } from './bar.ts'

// Settings to play with.
const UNIT = (width: number) => 4.4 + width / 260 // pixels per model unit; a small letter is 2.7 units high
const COLOR = warmth // of a temperature
const WEIGHT = 0.27 // stroke width, in model units
const FREE = 9.5 // model units kept free at the end of a line: at low temperatures the pen is rarely lifted and runs on
const TIDE = 1800 // movements in which the bar moves up and down by itself, until somebody drags it
const REST = 3 // seconds that a full page is shown
const LONGEST = 8000 // movements on a page, in case the writing goes in circles

const speed = slider('speed')

startSketch((p, weights, sheet) => {
  let hand: FreeHand
  let colors: Palette
  const layout = () => windowPage(UNIT(innerWidth), FREE)
  const manuscript = new Manuscript<number>(layout()) // tagged with the temperature
  let rested = 0 // seconds since the page was full
  const pace = new WritingPace()
  const seeded = new SeededModel(weights, begin)
  const isFull = () => manuscript.full || manuscript.length > LONGEST
  const color = (temperature: number) => COLOR(temperature, colors)
  const bar = wideBar(sheet, () => {
    if (isFull()) turnPage()
    bar.paint(color)
  })

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Handwriting with a bar for its temperature. The higher the temperature, the wilder and redder it is.')
    seeded.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (isFull()) rested += seconds
    if (rested > REST) turnPage()
    else if (!isFull() && hand.warmUp(frameTime())) pace.run(seconds * speed.value, write)
    if (isPreview && isFull()) previewReady()
  }

  function begin() {
    hand = new FreeHand(seeded.model)
    bar.beginTide()
    turnPage()
  }

  function turnPage() {
    manuscript.clear()
    rested = 0
    layOut()
  }

  /** Draws the page again, for a window or a time of day that has changed. */
  function layOut() {
    colors = palette()
    p.background(colors.paper)
    manuscript.layOut(layout())
    for (let index = 0; index < manuscript.length; index++) draw(index)
    bar.paint(color)
  }

  function write() {
    bar.goWithTide(TIDE)
    bar.paint(color)
    const movement = hand.write(bar.value)
    manuscript.add(movement, bar.value)
    draw(manuscript.length - 1)
    return isFull() ? null : movement
  }

  function draw(index: number) {
    const context = p.drawingContext as CanvasRenderingContext2D
    context.lineCap = context.lineJoin = 'round'
    context.lineWidth = WEIGHT * manuscript.layout.unit
    context.strokeStyle = color(manuscript.tags[index])
    context.beginPath()
    manuscript.draw(context, index, index + 1)
    context.stroke()
  }

  function svg() {
    const inks = printPalette()
    const tenth = ({ tag }: { tag: number }) => tag.toFixed(1) // a plotter has few pens
    return manuscriptSvg(
      manuscript,
      WEIGHT * manuscript.layout.unit,
      `longhand, seed ${seeded.seed}`,
      (mark) => COLOR(Number(tenth(mark)), inks),
      (mark) => `temperature ${tenth(mark)}`,
    )
  }

  pageActions(p, { layOut, svg, name: () => `longhand-${seeded.seed}` })
  onPause(p)
})
