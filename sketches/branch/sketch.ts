/**
 * Branch
 * A line stops at a moment of your choice, and ten hands who remember all of it write on, each a little bolder.
 * tags: handwriting, temperature
 * try: Tap the line in the middle of a letter, then drag along it.
 */
import { Hand, Model, type Movement, Random, rollout, type State, Svg } from 'longhand'
import p5 from 'p5'
import { addressNumber, addressSeed, addressText, freshSeed, writeAddress } from '../frame/address.ts'
import { label, onPress, slider } from '../frame/knobs.ts'
import { Line } from '../frame/line.ts'
import { Pace } from '../frame/pace.ts'
import { palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { saveText } from '../frame/save.ts'
import { CSS_PIXEL } from '../frame/sheet.ts'
import { previewReady, start } from '../frame/start.ts'
import { warmth } from '../frame/warmth.ts'
import { onWeightsDropped, pageWeights } from '../frame/weights.ts'
import { layOut } from './layout.ts'

// Knobs to play with.
const TEMPERATURES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
const TRUNK = addressNumber('temperature', 0.65, 0.1, 1.2) // of the line at the top
const WEIGHT = 0.26 // of a line, in model units
const LONGEST = 500 // movements of a branch, should it go round in circles
const REST = 20 // seconds until another line is begun, if nobody has touched this one
const GLIDE = 0.25 // seconds in which the line goes two thirds of its way to where the branches hang

interface Branch {
  temperature: number
  line: Line
  writer: Iterator<Movement>
}

const sheet = document.getElementById('sketch') as HTMLElement
const speed = slider('speed')

start(async () => {
  let model = new Model(await pageWeights())
  let seed = 0
  let chance = 0 // the branches' seed: one for all, so that nothing but the temperature tells them apart
  let hand: Hand
  let trunk: Line
  let states: State[] = [] // before each movement of the trunk was drawn
  let moment = -1 // the movement of the trunk after which it branches
  let branches: Branch[] = []
  let turn = 0 // whose it is to write
  let shift = 0 // how far all is moved to the left, in pixels
  let target = 0
  let rested = 0 // seconds since nothing is left to write
  let touched = false
  let place = layOut(TEMPERATURES.length)
  const pace = new Pace()

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('A handwritten line that branches into ten, which go on ever less carefully from top to bottom.')
      begin(addressSeed())
    }

    p.draw = () => {
      const seconds = p.deltaTime / 1000
      const growing = branches.filter(isGrowing)
      if (growing.length > 0) pace.run(seconds * speed.value * growing.length, () => grow(growing))
      else if (moment < 0 && !trunk.full && hand.practise(6)) pace.run(seconds * speed.value, write)
      else if (trunk.full || moment >= 0) rest(seconds)
      shift += (target - shift) * (prefersReducedMotion() ? 1 : 1 - Math.exp(-seconds / GLIDE))
      show()
    }

    function begin(newSeed: number) {
      seed = newSeed
      writeAddress('seed', seed)
      model.set_scale_factor(1)
      model.random = new Random(seed)
      hand = new Hand(model)
      trunk = new Line(place.row(0))
      states = []
      branches = []
      moment = -1
      shift = target = rested = 0
      touched = false
      label('branch', 'branch here')
    }

    function write() {
      const { movements } = trunk
      const last = movements.length - 1
      const state = model.update(movements[last] ?? [0, 0, 1], states[last] ?? hand.state)
      const movement = model.sample(model.get_pdf(state), TRUNK)
      states.push(state)
      trunk.write(movement)
      return trunk.full ? null : movement
    }

    /** The state of this moment is handed to everyone; nobody changes it, so that nobody needs a copy. */
    function branchAt(newMoment: number, newChance: number) {
      moment = Math.min(Math.max(newMoment, 0), trunk.movements.length - 1)
      chance = newChance
      rested = 0
      const past = trunk.movements.slice(0, moment + 1)
      branches = TEMPERATURES.map((temperature, n) => ({
        temperature,
        line: new Line(row(n + 1), past),
        writer: rollout(model, states[moment], past[moment], temperature, new Random(chance)),
      }))
      label('branch', 'once more')
    }

    /** Branches have the room that opens to the right once all is moved to the left. */
    function row(n: number) {
      const options = place.row(n)
      const moved = Math.max(0, trunk.points[moment].x - place.stem)
      return n === 0 ? options : { ...options, right: options.right + moved }
    }

    function settle() {
      target = moment < 0 ? 0 : Math.max(0, trunk.points[moment].x - place.stem)
    }

    const isGrowing = ({ line }: Branch) => !line.full && line.movements.length < LONGEST

    function grow(growing: Branch[]) {
      turn++
      for (let n = 0; n < growing.length; n++) {
        const branch = growing[(turn + n) % growing.length]
        if (!isGrowing(branch)) continue
        const movement = branch.writer.next().value as Movement
        branch.line.write(movement)
        return movement
      }
      return null
    }

    function show() {
      const context = p.drawingContext as CanvasRenderingContext2D
      const colors = palette()
      const stroke = (path: Path2D, color: string, width = WEIGHT * place.unit, alpha = 1) => {
        context.strokeStyle = color
        context.lineWidth = width
        context.globalAlpha = alpha
        context.stroke(path)
        context.globalAlpha = 1
      }
      p.background(colors.paper)
      context.save()
      context.translate(-shift, 0)
      context.lineCap = context.lineJoin = 'round'
      stroke(trunk.path, colors.ink, undefined, moment < 0 ? 1 : 0.3)
      if (moment >= 0) {
        const past = new Path2D()
        trunk.trace(past, 0, moment + 1)
        stroke(past, colors.ink)
        const { x, y } = trunk.points[moment]
        const stem = new Path2D(`M${x} ${y}V${place.row(TEMPERATURES.length).top}`)
        stroke(stem, colors.ink, 1, 0.25)
        context.textAlign = 'right'
        context.textBaseline = 'middle'
        context.font = `${place.text}px Literata, Georgia, serif`
        branches.forEach(({ temperature, line }, n) => {
          const color = warmth(temperature, colors)
          stroke(line.path, color)
          context.fillStyle = color
          context.fillText(temperature.toFixed(1), x - place.text, place.row(n + 1).top)
        })
        dot(x, y, colors.accent)
      }
      context.restore()
    }

    function dot(x: number, y: number, color: string) {
      const context = p.drawingContext as CanvasRenderingContext2D
      context.fillStyle = color
      context.beginPath()
      context.arc(x, y, Math.max(4, 0.7 * place.unit), 0, 2 * Math.PI)
      context.fill()
    }

    /** Left alone, the line branches by itself, and another one comes. */
    function rest(seconds: number) {
      rested += seconds
      if (moment < 0 && rested > 1) {
        branchAt(Math.floor(0.4 * trunk.movements.length), seed)
        settle()
      }
      if (moment < 0 || rested < 0.5) return
      if (addressText('preview') !== null) previewReady()
      else if (!touched && rested > REST) begin((seed + 1) % 2 ** 32)
    }

    /** The moment of the line that a finger means; right of the pen it is now. */
    function nearest(x: number, y: number): number {
      let best = trunk.points.length - 1
      if (x + shift > trunk.pen.x) return best
      const far = ({ x: atX, y: atY }: { x: number; y: number }) => Math.hypot(x + shift - atX, 0.3 * (y - atY))
      trunk.points.forEach((point, n) => {
        if (far(point) < far(trunk.points[best])) best = n
      })
      return best
    }

    function pointAt({ buttons, clientX, clientY }: PointerEvent) {
      if (!buttons || trunk.points.length === 0) return
      touched = true
      const pointed = nearest(clientX, clientY)
      if (pointed !== moment) branchAt(pointed, seed)
    }

    function pick(newMoment: number, newChance: number) {
      if (trunk.points.length === 0) return
      touched = true
      branchAt(newMoment, newChance)
      settle()
    }

    function saveSvg() {
      const inks = printPalette()
      const drawing = new Svg()
      drawing.layer(inks.ink, 'the line')
      trunk.trace(drawing)
      for (const { temperature, line } of branches) {
        drawing.layer(warmth(temperature, inks), `temperature ${temperature.toFixed(1)}`)
        line.trace(drawing)
      }
      const size = { width: p.width + target, height: p.height, strokeWidth: WEIGHT * place.unit }
      const svg = drawing.toString({ ...size, millimetres: CSS_PIXEL, title: `longhand, seed ${seed}` })
      saveText(svg, `longhand-${seed}.svg`, 'image/svg+xml')
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      place = layOut(TEMPERATURES.length)
      trunk.rule(place.row(0))
      branches.forEach(({ line }, n) => {
        line.rule(row(n + 1))
      })
      settle()
    }
    sheet.addEventListener('pointerdown', pointAt)
    sheet.addEventListener('pointermove', pointAt)
    for (const type of ['pointerup', 'pointercancel']) sheet.addEventListener(type, settle)
    onPress('branch', () => pick(moment < 0 ? trunk.points.length - 1 : moment, moment < 0 ? seed : freshSeed()))
    addEventListener('keydown', ({ key, target: focus }) => {
      const step = key === 'ArrowLeft' ? -3 : key === 'ArrowRight' ? 3 : 0
      if (step && focus === document.body) pick((moment < 0 ? trunk.points.length - 1 : moment) + step, seed)
    })
    onPress('restart', () => begin(freshSeed()))
    onPress('svg', saveSvg)
    onPress('png', () => p.saveCanvas(`longhand-${seed}`, 'png'))
    onWeightsDropped((weights) => {
      model = new Model(weights)
      begin(seed)
    })
  }, sheet)
})
