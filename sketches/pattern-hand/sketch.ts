/**
 * Pattern hand
 * A network writes with a broad pen, and every line is a window onto a pattern that moves with the network's state.
 * tags: handwriting, pattern, free writing
 * try: Touch the page: it becomes transparent there and shows the pattern behind the letters.
 */
import { FreeHand } from 'longhand'
import { addressSeed } from '../frame/address.ts'
import { slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { pageActions } from '../frame/page-actions.ts'
import { manuscriptSvg } from '../frame/page-layout.ts'
import { palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
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
  let rested = 0 // seconds since the page was full
  const letters = new Letters()
  const glow = new Glow()
  const lens = new Lens(container)
  const pace = new WritingPace()
  const seeded = new SeededModel(weights, begin)

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('Broad handwriting that appears line by line, with a slow colored pattern behind its strokes.')
    view = new LayeredView(p.drawingContext as CanvasRenderingContext2D, lens)
    seeded.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (!writes) rested = Math.min(rested, REST)
    else if (letters.full) rested += seconds
    else if (hand.warmUp(frameTime())) pace.run(seconds * speed.value, write)
    if (rested > REST + FADE) seeded.begin(seeded.seed + 1)
    glow.paint(hand.state, prefersReducedMotion() ? 0 : seconds, tints)
    lens.step(seconds)
    view.refresh(layers(), glow.isCheap ? 1 : BANDS, letters.takeFresh())
    if (isPreview && (letters.full || letters.manuscript.line > 4)) previewReady()
  }

  function write() {
    const movement = hand.write(temperature.value)
    letters.write(movement)
    return letters.full ? null : movement
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
    if (!letters.full) rested = 0 // there is room again: do not fade the page
    view.paint(layers())
  }

  function layers() {
    const clarity = Math.min(1, Math.max(0, 1 + (REST - rested) / FADE))
    return { letters: letters.canvas, clarity, light: glow.canvas, paper }
  }

  const name = () => `longhand-pattern-hand-${seeded.seed}`
  const svg = () => {
    const title = `longhand, seed ${seeded.seed}`
    return manuscriptSvg(letters.manuscript, letters.strokeWidth, title, () => printPalette().ink)
  }
  pageActions(p, { layOut, name, svg })
  onPause({
    isLooping: () => writes,
    loop: () => (writes = true),
    noLoop: () => (writes = false), // the pattern keeps moving
  })
})
