/**
 * Cells
 * What a network of five hundred cells is thinking while it writes, or while it reads your hand: a row a cell.
 * tags: handwriting, inside the network, your hand
 * try: Point at a row: the line takes the colours of that cell. Then write on the paper above.
 */
import type { Point } from 'longhand'
import { addressNumber, addressSeed } from '../frame/address.ts'
import { controls } from '../frame/controls.ts'
import { frameSeconds, frameTime, NETWORK_TIME } from '../frame/frame-time.ts'
import { label, onPress, panelTop } from '../frame/knobs.ts'
import { LinePage } from '../frame/line-page.ts'
import { linePage } from '../frame/page-layout.ts'
import { printPalette } from '../frame/palette.ts'
import { savePng } from '../frame/save.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { activitySvg, CellMap, drawActivity } from './cell-map.ts'
import { CellSorting } from './cell-order.ts'
import { RowPointer } from './row-pointer.ts'

// Knobs to play with.
const TEMPERATURE = addressNumber('temperature', 0.5, 0, 2)
const SPEED = addressNumber('speed', 1, 0.1, 10)
const UNIT = () => Math.min(Math.max(5.5, innerWidth / 84), MAP_TOP() / 18) // pixels a model unit; a small letter is 2.7 of them high
const WEIGHT = () => 1 + innerWidth / 1600 // of the line, pixels
const HALO = (loudness: number) => WEIGHT() + (6 + innerWidth / 150) * loudness // of its colours
const MAP_TOP = () => 50 + 0.42 * (panelTop() - 50)
const MAP_BOTTOM = () => panelTop() - 24
const PAPER = () => linePage(UNIT(), 11 * UNIT(), 1, (14 + MAP_TOP()) / 2)
const STAY = 120 // seconds after which another hand writes

startSketch((p, weights, sheet) => {
  const page = new LinePage(sheet, weights, {
    temperature: TEMPERATURE,
    paper: PAPER,
    onLine: look,
    onLook: look,
    mayWrite: (place) => !pointer.point(place) && place.y < MAP_TOP(), // the map may still be to come
  })
  let sorting = new CellSorting(weights)
  const pointer = new RowPointer(sheet, at, (row) => String(sorting.cells.order[row]))
  let map: CellMap
  let shown: string // what was pointed at when it was drawn

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('A handwritten line, and under it what every cell of the network does at each of its movements.')
    page.begin(addressSeed())
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    page.goOn(seconds * SPEED, frameTime(isPreview ? 50 : NETWORK_TIME))
    if (page.line.rests && sorting.learn(page.line)) look()
    if (!page.line.rests) pointer.rested = 0
    else if (!isPreview) pointer.wander(seconds)
    const isNew = map.update(MAP_TOP(), MAP_BOTTOM())
    const pointed = `${pointer.row} ${pointer.column}`
    if (isNew || !page.line.rests || pointed !== shown) draw(p.drawingContext as CanvasRenderingContext2D)
    shown = pointed
    if (pointer.rested > STAY) another()
    if (!isPreview || !page.line.rests) return
    p.noLoop()
    previewReady()
  }

  /** Another map, of another line, in another order or in other colours. */
  function look() {
    if (sorting.weights !== page.model.weights) sorting = new CellSorting(page.model.weights)
    map = new CellMap(page.line, sorting.cells, page.colors)
    pointer.rows = sorting.cells.order.length
    shown = ''
    label('order', sorting.isAlike ? 'network’s order' : 'like by like')
  }

  function draw(context: CanvasRenderingContext2D) {
    p.clear()
    page.onPaper(context, () => {
      drawActivity(context, page.line, sorting.cells.order[pointer.row], sorting.cells, page.colors, HALO)
      context.strokeStyle = page.colors.ink
      context.lineWidth = WEIGHT() / page.line.scale // as thick on a paper that is shown smaller
      context.beginPath()
      page.line.restart()
      page.line.ink(context)
      context.stroke()
    })
    map.draw(context, pointer.row, pointer.column)
  }

  function at(place: Point) {
    return page.isWritten ? undefined : map.at(place)
  }

  function another() {
    pointer.rested = 0
    page.begin(page.seed + 1)
  }

  /** What was pointed at stays pointed at. */
  function sort() {
    const cell = sorting.cells.order[pointer.row]
    sorting.toggle()
    pointer.row = sorting.cells.order.indexOf(cell)
    look()
  }

  const name = () => `longhand-cells-${page.seed}`
  const svg = () => activitySvg(page.line, sorting.cells.order[pointer.row], sorting.cells, printPalette(), WEIGHT())
  const png = () => savePng(p.drawingContext.canvas, page.colors.paper, `${name()}.png`)
  controls(p, { layOut: () => page.layOut(), svg, png, name })
  onPress('order', sort)
})
