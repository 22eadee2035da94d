/**
 * Pattern hand
 * A network writes with a broad pen, and every line is a window onto a pattern that moves with the network's state.
 * tags: handwriting, pattern, free writing
 * try: Touch the page: it becomes transparent there and shows the pattern behind the letters.
 */
import { FreeHand } from 'longhand'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { manuscriptSvg } from '../frame/manuscript-svg.ts'
import { pageActions } from '../frame/page-actions.ts'
import { PageTurn } from '../frame/page-turn.ts'
import { palette, prefersReducedMotion } from '../frame/palette.ts'
import { onPause } from '../frame/pause.ts'
import { SeededModel } from '../frame/seeded-model.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { WritingPace } from '../frame/writing-pace.ts'
import { Glow, type Tint } from './glow.ts'
import { LayeredView } from './layered-view.ts'
import { Lens } from './lens.ts'
import { Letters } from './letters.ts'

// Settings to play with; more are in letters.ts (the pen) and glow.ts (the light).
// Tints that keep the pattern distinct from the paper: by day black becomes ink and white a warm rose, by night black becomes dusk.
const DAY: readonly Tint[] = [
  ['screen', '#1f2a55'],
  ['multiply', '#e3ab98'],
]
const NIGHT: readonly Tint[] = [['screen', '#5b4a78']]
const REST = 6 // seconds that a full page is shown
const FADE = 2 // seconds that it takes to fade
const BANDS = 3 // frames in which the whole window is redrawn without a GPU

const temperature = slider('temperature')
const speed = slider('speed')

startSketch((p, weights, container) => {
  let hand: FreeHand
  let view: LayeredView
  let paper = ''
  let tints = DAY
  let writes = true
  const letters = new Letters()
  const glow = new Glow()
  const lens = new Lens(container)
  const pace = new WritingPace()
  const turn = new PageTurn(REST, FADE)
  const seeded = new SeededModel(weights, begin)

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Broad handwriting that appears line by line, with a slow colored pattern behind its strokes.')
    view = new LayeredView(p.drawingContext as CanvasRenderingContext2D, lens)
    seeded.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (!writes) turn.hold()
    else if (letters.manuscript.full) turn.advance(seconds)
    else if (hand.warmUp(frameTime())) pace.run(seconds * speed.value, write)
    if (turn.done) seeded.begin(seeded.seed + 1)
    glow.paint(hand.state, prefersReducedMotion() ? 0 : seconds, tints)
    lens.step(seconds)
    view.refresh(layers(), glow.isCheap ? 1 : BANDS, letters.takeFresh())
    if (isPreview && (letters.manuscript.full || letters.manuscript.line > 4)) previewReady()
  }

  function write() {
    const movement = hand.write(temperature.value)
    letters.write(movement)
    return letters.manuscript.full ? null : movement
  }

  function begin() {
    hand = new FreeHand(seeded.model)
    glow.begin(seeded.seed)
    letters.manuscript.clear()
    layOut()
  }

  function layOut() {
    paper = palette().paper
    tints = p.lightness(p.color(paper)) < 50 ? NIGHT : DAY
    letters.layOut(p.pixelDensity())
    if (!letters.manuscript.full) turn.restart() // there is room again: do not fade the page
    view.paint(layers())
  }

  function layers() {
    return { letters: letters.canvas, opacity: turn.opacity, light: glow.canvas, paper }
  }

  const name = () => `longhand-pattern-hand-${seeded.seed}`
  const svg = () => manuscriptSvg(letters.manuscript, letters.strokeWidth, seeded.seed, (_, { ink }) => ink)
  pageActions(p, { layOut, name, svg })
  onPause({
    isLooping: () => writes,
    loop: () => (writes = true),
    noLoop: () => (writes = false), // the pattern keeps moving
  })
})
