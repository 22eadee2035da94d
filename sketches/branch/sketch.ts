/**
 * Branch
 * A line stops at a moment of your choice, and ten hands who remember all of it write on, each bolder than the last.
 * tags: handwriting, temperature, classroom
 * try: Tap the line in the middle of a word, drag along it, and see where the ten begin to differ.
 */

import { Model, Random } from 'longhand'
import p5 from 'p5'
import { addressNumber, addressSeed, addressText, freshSeed, writeAddress } from '../frame/address.ts'
import { frameSeconds, frameTime } from '../frame/frame-time.ts'
import { keysForThePage, label, onPress, slider } from '../frame/knobs.ts'
import { Pace } from '../frame/pace.ts'
import { palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { saveText } from '../frame/save.ts'
import { CSS_PIXEL } from '../frame/sheet.ts'
import { previewReady, start } from '../frame/start.ts'
import { warmth } from '../frame/warmth.ts'
import { onWeightsDropped, pageWeights } from '../frame/weights.ts'
import { drawTree } from './draw.ts'
import { layOut } from './layout.ts'
import { Tree } from './tree.ts'

// Knobs to play with.
const TEMPERATURES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const TRUNK = addressNumber('temperature', 0.65, 0.1, 1.2) // of the line at the top
const WEIGHT = 0.29 // of a line, in model units
const GLIDE = 0.25 // seconds in which the moment goes two thirds of its way to where the branches hang
const REST = 20 // seconds until another line begins, if nobody has touched this one

const sheet = document.getElementById('sketch') as HTMLElement
const speed = slider('speed')

start(async () => {
  let model = new Model(await pageWeights())
  let seed = 0
  let tree: Tree
  let place = layOut(TEMPERATURES.length)
  let shift = 0 // how far all is moved to the left, in pixels
  let target = 0
  let rested = 0 // seconds since there is nothing left to write
  let touched = false
  const pace = new Pace()

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('A handwritten line that branches into ten, which go on ever less carefully from top to bottom.')
      begin(addressSeed())
    }

    p.draw = () => {
      const seconds = frameSeconds(p)
      const time = seconds * speed.value
      const growing = tree.growing.length
      if (growing > 0) pace.run(time * growing, () => tree.grow())
      else if (tree.moment >= 0 || tree.trunk.full) rest(seconds)
      else if (tree.hand.practise(frameTime())) pace.run(time, () => tree.write(TRUNK))
      shift += (target - shift) * (prefersReducedMotion() ? 1 : 1 - Math.exp(-seconds / GLIDE))
      const context = p.drawingContext as CanvasRenderingContext2D
      const colors = palette()
      p.background(colors.paper)
      context.save()
      context.translate(-shift, 0)
      drawTree(context, tree, place, WEIGHT * place.unit, colors)
      context.restore()
    }

    function begin(newSeed: number) {
      seed = newSeed
      writeAddress('seed', seed)
      model.set_scale_factor(1)
      model.random = new Random(seed)
      tree = new Tree(model, place)
      shift = target = rested = 0
      touched = false
      label('branch', 'branch here')
    }

    function branchAt(moment: number, chance = seed) {
      if (tree.trunk.points.length === 0) return
      tree.branchAt(moment, TEMPERATURES, chance)
      rested = 0
      label('branch', 'once more')
    }

    /** Left alone, the line branches by itself, and in time another one begins. */
    function rest(seconds: number) {
      rested += seconds
      if (tree.moment < 0 && rested > 1) {
        branchAt(Math.floor(0.35 * tree.trunk.points.length))
        settle()
      } else if (tree.moment >= 0 && addressText('preview') !== null) previewReady()
      else if (rested > REST && !touched) begin((seed + 1) % 2 ** 32)
    }

    function settle() {
      target = tree.offset
    }

    function point({ buttons, clientX, clientY }: PointerEvent) {
      if (!buttons) return
      touched = true
      const moment = tree.nearest(clientX + shift, clientY)
      if (moment !== tree.moment) branchAt(moment)
    }

    /** Where it branches, or where the pen is. */
    const now = () => (tree.moment < 0 ? tree.trunk.points.length - 1 : tree.moment)

    function pick(moment: number, chance = seed) {
      touched = true
      branchAt(moment, chance)
      settle()
    }

    function saveSvg() {
      const inks = printPalette()
      const color = (temperature?: number) => (temperature === undefined ? inks.ink : warmth(temperature, inks))
      const size = { width: p.width + target, height: p.height, strokeWidth: WEIGHT * place.unit }
      const svg = tree.svg(color).toString({ ...size, millimetres: CSS_PIXEL, title: `longhand, seed ${seed}` })
      saveText(svg, `longhand-${seed}.svg`, 'image/svg+xml')
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      place = layOut(TEMPERATURES.length)
      tree.rule(place)
      settle()
    }
    sheet.addEventListener('pointerdown', point)
    sheet.addEventListener('pointermove', point)
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, settle)
    onPress('branch', () => pick(now(), tree.moment < 0 ? seed : freshSeed()))
    onPress('earlier', () => pick(now() - 3))
    onPress('later', () => pick(now() + 3))
    onPress('restart', () => begin(freshSeed()))
    onPress('svg', saveSvg)
    onPress('png', () => p.saveCanvas(`longhand-${seed}`, 'png'))
    keysForThePage()
    onWeightsDropped((weights) => {
      model = new Model(weights)
      begin(seed)
    })
  }, sheet)
})
