import type { PageOptions } from 'longhand'
import { panelTop } from '../frame/knobs.ts'

const LARGEST = (width: number) => 3.6 + width / 400 // pixels a model unit
const LINE = 7.6 // model units from one line to the next, where there is little room

export interface Layout {
  unit: number
  /** of the numbers, in pixels */
  text: number
  /** where the branches hang, as soon as the line has been moved there */
  stem: number
  /** the line at the top is 0, the branches follow */
  row: (n: number) => PageOptions
}

/** Lines across the window: one at the top, and one a branch below it. */
export function layOut(branches: number): Layout {
  const margin = Math.max(34, 0.08 * innerWidth)
  const top = 58
  const lineHeight = Math.max(100, panelTop() - top) / (branches + 1.6)
  const unit = Math.min(LARGEST(innerWidth), lineHeight / LINE)
  const right = innerWidth - Math.max(margin, 9 * unit) // a careful hand hardly lifts the pen, and writes on past the end
  return {
    unit,
    text: Math.max(12, 0.22 * lineHeight),
    stem: margin + (innerWidth > 700 ? 0.26 : 0.16) * (right - margin),
    row: (n) => {
      const y = top + (n + 0.5 + (n > 0 ? 0.3 : 0)) * lineHeight
      return { left: margin, right, top: y, bottom: y, lineHeight, unit }
    },
  }
}
