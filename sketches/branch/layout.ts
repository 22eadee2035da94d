import type { PageOptions } from 'longhand'
import { panelTop } from '../frame/controls.ts'
import { atLeastOneUnitWide } from '../frame/page-layout.ts'

const LARGEST = (width: number) => 3.6 + width / 400 // pixels per model unit
const LINE = 7.6 // smallest line height, in model units

export interface Layout {
  unit: number
  /** font size of the numbers, in pixels */
  text: number
  /** x of the branches, once the line has moved there */
  stem: number
  /** the layout of line n: 0 is the trunk at the top, the branches follow */
  row: (n: number) => PageOptions
}

/** Lays out lines across the window: the trunk at the top, and one per branch below it. */
export function layOut(branches: number): Layout {
  const margin = Math.max(34, 0.08 * innerWidth)
  const top = 58
  const lineHeight = Math.max(100, panelTop() - top) / (branches + 1.6)
  const unit = Math.min(LARGEST(innerWidth), lineHeight / LINE)
  const right = atLeastOneUnitWide(margin, innerWidth - Math.max(margin, 9 * unit), unit) // at low temperatures the pen is rarely lifted and runs past the end
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
