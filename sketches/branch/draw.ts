import type { Manuscript } from 'longhand'
import { windowSvg } from '../frame/page-layout.ts'
import { type Palette, printPalette } from '../frame/palette.ts'
import { warmth } from '../frame/warmth.ts'
import type { Layout } from './layout.ts'
import type { Tree } from './tree.ts'

const GAP = 1.8 // between the numbers and the branches, in font sizes: round letters start left of their origin
const FUTURE = 0.28 // opacity of the trunk after the moment

/** Draws the trunk, and its branches below the moment where they begin. */
export function drawTree(
  context: CanvasRenderingContext2D,
  { trunk, moment, branches }: Tree,
  place: Layout,
  width: number,
  colors: Palette,
): void {
  const ink = (manuscript: Pick<Manuscript, 'draw'>, from?: number, to?: number) => {
    const path = new Path2D()
    manuscript.draw(path, from, to)
    return path
  }
  const stroke = (path: Path2D, color: string, itsWidth = width, alpha = 1) => {
    context.strokeStyle = color
    context.lineWidth = itsWidth
    context.globalAlpha = alpha
    context.stroke(path)
    context.globalAlpha = 1
  }
  context.lineCap = context.lineJoin = 'round'
  if (moment < 0) {
    stroke(ink(trunk), colors.ink)
    return
  }
  stroke(ink(trunk, moment + 1), colors.ink, width, FUTURE)
  stroke(ink(trunk, 0, moment + 1), colors.ink)

  const { x, y } = trunk.points[moment]
  stroke(new Path2D(`M${x} ${y}V${place.row(branches.length).top}`), colors.ink, 1, 0.25)
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.font = `${place.text}px Literata, Georgia, serif`
  branches.forEach(({ temperature, manuscript, start }, n) => {
    const color = warmth(temperature, colors)
    stroke(ink(manuscript, start), color)
    context.fillStyle = color
    context.fillText(temperature.toFixed(1), x - GAP * place.text, place.row(n + 1).top)
  })

  context.fillStyle = colors.accent
  context.beginPath()
  context.arc(x, y, Math.max(4, 2.4 * width), 0, 2 * Math.PI)
  context.fill()
}

/** Exports the same for a plotter, as wide as the longest branch needs. */
export function treeSvg(tree: Tree, strokeWidth: number, title: string): string {
  const inks = printPalette()
  const color = (temperature?: number) => (temperature === undefined ? inks.ink : warmth(temperature, inks))
  return windowSvg(tree.svg(color), strokeWidth, title, { width: innerWidth + tree.offset })
}
