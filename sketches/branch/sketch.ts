/**
 * Branch
 * From a moment that you choose, a line continues in ten ways, at ten temperatures, each with the same memory.
 * tags: handwriting, temperature, classroom
 * try: Tap the line in the middle of a word, drag along it, and see where the ten branches begin to differ.
 */
import { addressNumber, freshSeed } from '../frame/address.ts'
import { keysForThePage, label, onPress, slider } from '../frame/controls.ts'
import { onDrag } from '../frame/drag.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { pageActions } from '../frame/page-actions.ts'
import { palette, prefersReducedMotion } from '../frame/palette.ts'
import { SeededModel } from '../frame/seeded-model.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { WritingPace } from '../frame/writing-pace.ts'
import { drawTree, treeSvg } from './draw.ts'
import { layOut } from './layout.ts'
import { Tree } from './tree.ts'

// Settings to play with.
const TEMPERATURES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const TRUNK = addressNumber('temperature', 0.65, 0.1, 1.2) // of the line at the top
const WEIGHT = 0.29 // stroke width, in model units
const GLIDE = 0.25 // time constant, in seconds, of the motion to where the branches hang
const REST = 20 // seconds until another line begins, if nobody touches this one

const speed = slider('speed')

startSketch((p, weights, container) => {
  let tree: Tree
  let place = layOut(TEMPERATURES.length)
  let shift = 0 // of everything to the left, in pixels
  let target = 0
  let rested = 0 // seconds since everything was written
  let touched = false
  const pace = new WritingPace()
  const seeded = new SeededModel(weights, begin)

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('A handwritten line that branches into ten, at temperatures that rise from top to bottom.')
    seeded.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    const time = seconds * speed.value
    const growing = tree.growing.length
    if (growing > 0) pace.run(time * growing, () => tree.grow())
    else if (tree.moment >= 0 || tree.trunk.full) rest(seconds)
    else if (tree.hand.warmUp(frameTime())) pace.run(time, () => tree.write(TRUNK))
    shift += (target - shift) * (prefersReducedMotion() ? 1 : 1 - Math.exp(-seconds / GLIDE))
    const context = p.drawingContext as CanvasRenderingContext2D
    const colors = palette()
    p.background(colors.paper)
    context.save()
    context.translate(-shift, 0)
    drawTree(context, tree, place, WEIGHT * place.unit, colors)
    context.restore()
  }

  function begin() {
    tree = new Tree(seeded.model, place)
    shift = target = rested = 0
    touched = false
    label('branch', 'branch here')
  }

  function branchAt(moment: number, chance = seeded.seed) {
    if (tree.trunk.points.length === 0) return
    tree.branchAt(moment, TEMPERATURES, chance)
    rested = 0
    label('branch', 'again')
  }

  /** Left alone, branches the line by itself, and later begins another one. */
  function rest(seconds: number) {
    rested += seconds
    if (tree.moment < 0 && rested > 1) {
      branchAt(Math.floor(0.35 * tree.trunk.points.length))
      settle()
    } else if (tree.moment >= 0 && isPreview) previewReady()
    else if (rested > REST && !touched) seeded.begin(seeded.seed + 1)
  }

  function settle() {
    target = tree.offset
  }

  function point(x: number, y: number) {
    touched = true
    const moment = tree.nearest(x + shift, y)
    if (moment !== tree.moment) branchAt(moment)
  }

  function pick(moment: number, chance = seeded.seed) {
    touched = true
    branchAt(moment, chance)
    settle()
  }

  function relayOut() {
    place = layOut(TEMPERATURES.length)
    tree.layOut(place)
    settle()
  }

  const svg = () => treeSvg(tree, WEIGHT * place.unit, `longhand, seed ${seeded.seed}`)
  pageActions(p, { layOut: relayOut, svg, name: () => `longhand-${seeded.seed}` })
  onDrag(container, point, settle)
  onPress('branch', () => pick(tree.now, tree.moment < 0 ? seeded.seed : freshSeed()))
  onPress('earlier', () => pick(tree.now - 3))
  onPress('later', () => pick(tree.now + 3))
  keysForThePage()
})
