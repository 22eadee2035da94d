/**
 * Cells
 * What a network of five hundred cells is thinking while it writes, or while it reads your hand: a row a cell.
 * tags: handwriting, inside the network, your hand
 * try: Point at a row: the line takes the colours of that cell. Then write on the paper above.
 */
import { type CellOrder, Model, type Point, Random } from 'longhand'
import p5 from 'p5'
import { addressNumber, addressSeed, addressText, freshSeed, writeAddress } from '../frame/address.ts'
import { activitySvg, CellMap, drawActivity } from '../frame/cell-map.ts'
import { networkOrder, orderFrom, ownOrder } from '../frame/cell-order.ts'
import { frameTime } from '../frame/frame-time.ts'
import { label, onPress, panelTop, slider } from '../frame/knobs.ts'
import { HandLine, InkLine, LONGEST, writeOn } from '../frame/line.ts'
import { onPaletteChange, type Palette, palette, prefersReducedMotion, printPalette } from '../frame/palette.ts'
import { savePng, saveText } from '../frame/save.ts'
import { lineSheet } from '../frame/sheet.ts'
import { previewReady, start } from '../frame/start.ts'
import { onWeightsDropped, pageWeights } from '../frame/weights.ts'

// Knobs to play with.
const TEMPERATURE = addressNumber('temperature', 0.5, 0, 2)
const SPEED = addressNumber('speed', 1, 0.1, 10)
const UNIT = () => Math.max(7, innerWidth / 64) // pixels a model unit; a small letter is 2.7 of them high
const WEIGHT = () => 1 + innerWidth / 1600 // of the line, pixels
const HALO = (loudness: number) => WEIGHT() + (6 + innerWidth / 120) * loudness // of its colours
const MAP_TOP = () => 50 + 0.4 * (panelTop() - 50)
const REST = 12 // seconds after which the page looks around by itself
const WANDER = 6 // rows a second, then
const PAGE = 120 // seconds that a line stays

const sheet = document.getElementById('sketch') as HTMLElement
const isPreview = addressText('preview') !== null

start(async () => {
  let model = new Model(await pageWeights())
  let known: CellOrder | undefined // like beside like, where that is known
  let cells: CellOrder
  let line: HandLine | InkLine
  let map: CellMap
  let revision: number // of the line that is on the map
  let seed = 0
  let colors: Palette
  let column = -1 // that is pointed at
  let rested = REST // seconds since somebody pointed
  let drift = 0 // rows
  let shown: string // what was pointed at when it was drawn
  const row = slider('row', (value) => String(cells?.order[value]))

  new p5((p) => {
    p.setup = () => {
      p.createCanvas(p.windowWidth, p.windowHeight)
      p.describe('A handwritten line, and under it what every cell of the network does at each of its movements.')
      use(model)
    }

    p.draw = () => {
      const seconds = p.deltaTime / 1000
      line.goOn(seconds * SPEED, frameTime(isPreview ? 50 : 8))
      if (line.revision !== revision) look()
      if (line.rests && !known) {
        known = orderFrom(line)
        if (known) putInOrder(known)
      }
      const isNew = map.update(MAP_TOP(), panelTop() - 24)
      wander(seconds)
      const pointed = `${row.value} ${column}`
      if (isNew || !line.rests || pointed !== shown) draw()
      shown = pointed
      if (isPreview && line.rests) previewReady()
    }

    /** Another network. */
    function use(other: Model) {
      model = other
      known = ownOrder(model.weights)
      cells = known ?? networkOrder(model.units)
      row.max = model.units - 1
      begin(addressSeed())
    }

    /** Another hand writes. */
    function begin(newSeed: number) {
      seed = newSeed
      writeAddress('seed', seed)
      model.random = new Random(seed)
      line = new HandLine(model, TEMPERATURE, paper())
      rested = REST
      look()
    }

    /** The visitor's hand writes. */
    function takeOver() {
      const own = new InkLine(model, paper())
      line = own
      look()
      return own
    }

    /** A map of the line as it is now, in the colours of the hour. */
    function look() {
      colors = palette()
      revision = line.revision
      map = new CellMap(line, cells, colors, LONGEST)
      shown = ''
    }

    function putInOrder(order: CellOrder) {
      const cell = cells.order[row.value]
      cells = order
      row.value = cells.order.indexOf(cell) // what was pointed at still is
      label('order', cells === known ? 'network’s order' : 'like by like')
      look()
    }

    const paper = () => lineSheet(UNIT(), 11 * UNIT(), 1, (40 + MAP_TOP()) / 2)

    function draw() {
      const context = p.drawingContext as CanvasRenderingContext2D
      p.clear()
      context.save()
      context.scale(line.scale, line.scale)
      context.lineCap = context.lineJoin = 'round'
      drawActivity(context, line, cells.order[row.value], cells, colors, HALO)
      context.strokeStyle = colors.ink
      context.lineWidth = WEIGHT()
      context.beginPath()
      line.inkAll(context)
      context.stroke()
      context.restore()
      map.draw(context, row.value, column)
    }

    /** While nobody points, the page looks around by itself, and in the end writes another line. */
    function wander(seconds: number) {
      rested = line.rests || rested < REST ? rested + seconds : REST
      if (rested > PAGE) begin((seed + 1) % 2 ** 32)
      if (rested < REST || isPreview || prefersReducedMotion()) return
      drift += WANDER * seconds
      row.value = (row.value + Math.floor(drift)) % cells.order.length
      drift %= 1
      column = -1
    }

    /** @returns whether there is something to point at */
    function pointAt(place: Point) {
      const found = map.at(place)
      column = found?.column ?? -1
      if (!found) return false
      rested = 0
      row.value = found.row
      return true
    }

    p.windowResized = () => {
      p.resizeCanvas(p.windowWidth, p.windowHeight)
      line.layOut(paper())
      shown = ''
    }
    onPaletteChange(look)
    sheet.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (!(line instanceof InkLine && line.writer.writing)) pointAt({ x: clientX, y: clientY })
    })
    writeOn(sheet, (point) => {
      if (pointAt(point)) return undefined
      rested = 0
      return line instanceof InkLine && !line.full ? line : takeOver()
    })
    addEventListener('input', () => {
      rested = 0
    })
    onPress('order', () => putInOrder(known && cells !== known ? known : networkOrder(model.units, known)))
    onPress('restart', () => begin(freshSeed()))
    onPress('svg', () => {
      const svg = activitySvg(line, cells.order[row.value], cells, printPalette(), WEIGHT())
      saveText(svg, `longhand-cells-${seed}.svg`, 'image/svg+xml')
    })
    onPress('png', () => savePng(p.drawingContext.canvas, colors.paper, `longhand-cells-${seed}.png`))
    onWeightsDropped((weights) => use(new Model(weights)))
  }, sheet)
})
