/**
 * Temperature
 * A network writes, and a bar as wide as the page sets its temperature: dark ink when low, red when high.
 * tags: handwriting, temperature
 * try: Drag the bar slowly to the right while it writes, and read the line that results.
 */
import { FreeHand, Manuscript } from 'longhand'
import { slider } from '../frame/controls.ts'
import { drawMovements } from '../frame/draw-movements.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { manuscriptSvg } from '../frame/manuscript-svg.ts'
import { pageActions } from '../frame/page-actions.ts'
import { windowPage } from '../frame/page-layout.ts'
import { PageTurn } from '../frame/page-turn.ts'
import { type Palette, palette } from '../frame/palette.ts'
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

const speed = slider('speed')

startSketch((p, weights, container) => {
  let hand: FreeHand
  let colors: Palette
  const layout = () => windowPage(UNIT(innerWidth), FREE)
  const manuscript = new Manuscript<number>(layout(), 8000) // tagged with the temperature
  const pace = new WritingPace()
  const turn = new PageTurn(REST)
  const seeded = new SeededModel(weights, begin)
  const color = (temperature: number) => COLOR(temperature, colors)
  const weight = () => WEIGHT * manuscript.layout.unit
  const bar = wideBar(container, () => {
    if (manuscript.full) turnPage()
    bar.paint(color)
  })

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Handwriting with a bar for its temperature. The higher the temperature, the wilder and redder it is.')
    seeded.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (manuscript.full) turn.advance(seconds)
    if (turn.done) turnPage()
    else if (!manuscript.full && hand.warmUp(frameTime())) pace.run(seconds * speed.value, write)
    if (isPreview && manuscript.full) previewReady()
  }

  function begin() {
    hand = new FreeHand(seeded.model)
    bar.beginTide()
    turnPage()
  }

  function turnPage() {
    manuscript.clear()
    layOut()
  }

  /** Draws the page again, after a change of the window or of day and night. */
  function layOut() {
    colors = palette()
    turn.restart()
    p.background(colors.paper)
    manuscript.layOut(layout())
    draw(0)
    bar.paint(color)
  }

  function write() {
    bar.goWithTide(TIDE)
    bar.paint(color)
    const movement = hand.write(bar.value)
    manuscript.add(movement, bar.value)
    draw(manuscript.length - 1)
    return manuscript.full ? null : movement
  }

  function draw(from: number) {
    drawMovements(p, manuscript, from, ({ tag }) => ({ color: color(tag), width: weight() }))
  }

  /** Exports a layer per tenth of a degree: a plotter has few pens. */
  function svg() {
    const tenth = ({ tag }: { tag: number }) => tag.toFixed(1)
    return manuscriptSvg(
      manuscript,
      weight(),
      seeded.seed,
      (mark, inks) => COLOR(Number(tenth(mark)), inks),
      (mark) => `temperature ${tenth(mark)}`,
    )
  }

  pageActions(p, { layOut, svg, name: () => `longhand-${seeded.seed}` })
  onPause(p)
})
