/**
 * Cells
 * What five hundred cells of a network do while it writes, or while it reads your handwriting: one row per cell.
 * tags: handwriting, inside the network, your hand
 * try: Point at a row: the line takes the colors of that cell. Then write a word above the map.
 */
import type { Point } from 'longhand'
import { addressNumber } from '../frame/address.ts'
import { label, onPress, panelTop } from '../frame/controls.ts'
import { frameSeconds, frameTime, NETWORK_TIME } from '../frame/frame-time.ts'
import { LinePage } from '../frame/line-page.ts'
import { pageActions } from '../frame/page-actions.ts'
import { linePage } from '../frame/page-layout.ts'
import { printPalette } from '../frame/palette.ts'
import { savePng } from '../frame/save.ts'
import { isPreview, previewReady, startSketch } from '../frame/start.ts'
import { activitySvg, drawActivity } from './activity.ts'
import { CellMap } from './cell-map.ts'
import { CellSorting } from './cell-order.ts'
import { RowPointer } from './row-pointer.ts'

// Settings to play with.
const TEMPERATURE = addressNumber('temperature', 0.5, 0, 2)
const SPEED = addressNumber('speed', 1, 0.1, 10)
const UNIT = () => Math.min(Math.max(5.5, innerWidth / 84), MAP_TOP() / 18) // pixels per model unit; a small letter is 2.7 units high
const WEIGHT = () => 1 + innerWidth / 1600 // stroke width, pixels
const HALO = (loudness: number) => WEIGHT() + (6 + innerWidth / 150) * loudness // of the cell's colors
const MAP_TOP = () => 50 + 0.42 * (panelTop() - 50)
const MAP_BOTTOM = () => panelTop() - 24
const LAYOUT = () => linePage(UNIT(), 11 * UNIT(), 1, (14 + MAP_TOP()) / 2)
const STAY = 120 // seconds until another hand writes

startSketch((p, weights, container) => {
  const page = new LinePage(container, weights, {
    temperature: TEMPERATURE,
    layout: LAYOUT,
    onLine: look,
    onRedraw: look,
    mayWrite: (place) => !pointer.point(place) && place.y < MAP_TOP(), // the map may not be there yet
  })
  let sorting = new CellSorting(weights)
  const pointer = new RowPointer(container, at, (row) => String(sorting.cells.order[row]))
  let map: CellMap
  let shown: string // the selection that is drawn

  p.setup = () => {
    p.createCanvas(p.windowWidth, p.windowHeight)
    p.describe('A handwritten line, and below it the activity of every cell of the network at each movement.')
    page.begin()
  }

  p.draw = () => {
    const seconds = frameSeconds(p)
    page.advance(seconds * SPEED, frameTime(isPreview ? 50 : NETWORK_TIME))
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

  /** Starts another map: of another line, in another order, or in other colors. */
  function look() {
    if (sorting.weights !== page.model.weights) sorting = new CellSorting(page.model.weights)
    map = new CellMap(page.line, sorting.cells, page.colors)
    pointer.rows = sorting.cells.order.length
    shown = ''
    label('order', sorting.isAlike ? 'network’s order' : 'by similarity')
  }

  function draw(context: CanvasRenderingContext2D) {
    p.clear()
    page.drawScaled(context, () => {
      drawActivity(context, page.line, sorting.cells.order[pointer.row], sorting.cells, page.colors, HALO)
      context.strokeStyle = page.colors.ink
      context.lineWidth = WEIGHT() / page.line.scale // the same width on a page that is shown smaller
      context.beginPath()
      page.line.restart()
      page.line.drawNew(context)
      context.stroke()
    })
    map.draw(context, pointer.row, pointer.column)
  }

  function at(place: Point) {
    return page.isVisitorWriting ? undefined : map.at(place)
  }

  function another() {
    pointer.rested = 0
    page.begin(page.seed + 1)
  }

  /** Keeps the selection. */
  function sort() {
    const cell = sorting.cells.order[pointer.row]
    sorting.toggle()
    pointer.row = sorting.cells.order.indexOf(cell)
    look()
  }

  const name = () => `longhand-cells-${page.seed}`
  const svg = () => activitySvg(page.line, sorting.cells.order[pointer.row], sorting.cells, printPalette(), WEIGHT())
  const png = () => savePng(p.drawingContext.canvas, page.colors.paper, `${name()}.png`)
  pageActions(p, { layOut: () => page.layOut(), svg, png, name })
  onPress('order', sort)
})
