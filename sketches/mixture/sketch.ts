/**
 * Mixture
 * Twenty normal distributions make one hill; twenty in two dimensions are the network's answer: where the pen may go next.
 * tags: handwriting, temperature, classroom
 * try: Press space, then the right arrow for one step at a time. Then drag the temperature down to 0.1 and up again.
 */
import { FreeHand, type Mixture, Random, type State } from 'longhand'
import { keysForThePage, label, onPress, slider } from '../frame/controls.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { pageActions } from '../frame/page-actions.ts'
import { palette, prefersReducedMotion } from '../frame/palette.ts'
import { SeededModel } from '../frame/seeded-model.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { Bells } from './bells.ts'
import { layOut } from './layout.ts'
import { Lens } from './lens.ts'
import { TopLine } from './top-line.ts'

// Settings to play with.
const UNIT = (width: number) => 3.4 + width / 420 // pixels per model unit; a small letter is 2.7 units high
const RATE = 6 // movements per second: slow enough to see each
const RAIN = 40 // dots per second
const LOOK = 0.7 // seconds that a single step takes, so that everybody can follow

const still = prefersReducedMotion()
const temperature = slider('temperature')
const speed = slider('speed')

startSketch((p, weights) => {
  let hand: FreeHand // warms up; every line starts from its state
  let state: State
  let next: Mixture | undefined // the distribution of the next movement
  let bells: Bells
  let way = 1 // share of the last movement that the pen has made, 0…1
  let paused = false
  let place = layOut(UNIT(innerWidth))
  const lens = new Lens()
  const topLine = new TopLine(place.topLine, UNIT(innerWidth))
  const seeded = new SeededModel(weights, begin)

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe(
      'A hill made of twenty normal distributions, dots that fall from it, and a lens on where the pen may go next.',
    )
    seeded.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    if (!next) hand.warmUp(frameTime()) && beginLine()
    else if (paused) way = Math.min(1, way + seconds / LOOK)
    else {
      way += Math.min(seconds * speed.value * RATE, 1)
      if (way >= 1) step()
      bells.rain(RAIN * speed.value * Math.min(seconds, 0.1), temperature.value)
    }
    bells.fall(still ? 1 : seconds)
    show(seconds)
    if (isPreview && bells.dots > 400 && topLine.movements.length > 200) previewReady()
  }

  function begin() {
    hand = new FreeHand(seeded.model)
    bells = new Bells(new Random(seeded.seed))
    next = undefined
    topLine.clear()
  }

  function beginLine() {
    state = seeded.model.update([0, 0, 1], hand.state)
    next = seeded.model.get_pdf(state)
    lens.begin(next)
    topLine.begin(hand)
  }

  /** The whole algorithm: sample a movement, let the network read it, get the next distribution. */
  function step() {
    if (!next) return
    const { model } = seeded
    const movement = model.sample(next, temperature.value)
    state = model.update(movement, state)
    next = model.get_pdf(state)
    lens.expect(next)
    topLine.write(movement)
    if (topLine.full) beginLine()
    way %= 1
  }

  function show(seconds: number) {
    const context = p.drawingContext as CanvasRenderingContext2D
    const colors = palette()
    p.background(colors.paper)
    topLine.draw(context, lens.reach)
    bells.draw(context, place.bells, temperature.value, colors)
    const gone = still ? 1 : paused ? way * way * (3 - 2 * way) : way
    lens.look(temperature.value, gone, seconds)
    lens.draw(context, place, topLine.movements, gone, paused, colors)
  }

  function relayOut() {
    place = layOut(UNIT(p.width))
    topLine.layOut(place.topLine, UNIT(p.width))
  }

  function pause(whether: boolean) {
    paused = whether
    label('pause', paused ? 'resume' : 'pause')
  }

  pageActions(p, { layOut: relayOut, svg: () => topLine.svg(seeded.seed), name: () => `longhand-${seeded.seed}` })
  onPress('step', () => {
    pause(true)
    way = 0
    step()
    bells.drop(temperature.value)
  })
  onPress('pause', () => pause(!paused))
  keysForThePage()
})
