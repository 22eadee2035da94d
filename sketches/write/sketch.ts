/**
 * Write
 * A network writes by hand, line after line and page after page, for as long as you let it.
 * tags: handwriting, free writing
 * try: Drag the temperature while it writes, then press R for another hand.
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
import { WritingPace } from '../frame/writing-pace.ts'

// Settings to play with.
const UNIT = () => 3 + innerWidth / 300 // pixels per model unit; a small letter is 2.7 units high
const COLOR = (line: number, { ink, accent, ochre }: Palette) => [ink, ink, accent, ink, ochre, ink][line % 6]
const WEIGHT = () => 0.26 * UNIT() // stroke width, pixels
const SWELL = 0.45 // how much thicker the stroke is where the pen is slow
const [temperature, speed] = [slider('temperature'), slider('speed')]

startSketch((p, weights, container) => {
  const manuscript = new Manuscript<number>(windowPage(UNIT()), 20_000) // tagged with the thickness of the stroke, about 1
  const seeded = new SeededModel(weights, () => {
    hand = new FreeHand(seeded.model)
    manuscript.clear()
    layOut()
  })
  const pace = new WritingPace()
  const turn = new PageTurn(4, 1.5)
  let hand: FreeHand
  let colors: Palette
  let thickness = 1

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Handwriting that appears line by line, as if a pen wrote it.')
    seeded.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (manuscript.full) turn.advance(seconds)
    else if (hand.warmUp(frameTime())) pace.run(seconds * speed.value, write)
    container.style.opacity = String(turn.opacity)
    if (turn.done) seeded.begin(seeded.seed + 1)
    if (isPreview && (manuscript.full || manuscript.line > 4)) previewReady()
  }

  function write() {
    const movement = hand.write(temperature.value)
    // A slow pen leaves more ink. Smoothed, because ink keeps flowing for a moment.
    const distance = Math.hypot(movement[0], movement[1])
    thickness += 0.25 * (1 + SWELL * (0.5 - Math.min(distance / 1.6, 1)) - thickness)
    const placed = manuscript.add(movement, thickness)
    draw(manuscript.length - 1)
    return manuscript.full ? null : placed // how far the pen went: the pace follows it
  }

  const draw = (from: number) =>
    drawMovements(p, manuscript, from, ({ line, tag }) => ({ color: COLOR(line, colors), width: tag * WEIGHT() }))

  function layOut() {
    colors = palette()
    turn.restart()
    p.background(colors.paper)
    manuscript.layOut(windowPage(UNIT()))
    draw(0)
  }

  const svg = () => manuscriptSvg(manuscript, WEIGHT(), seeded.seed, ({ line }, inks) => COLOR(line, inks))
  pageActions(p, { layOut, svg, name: () => `longhand-${seeded.seed}` })
  onPause(p)
})
