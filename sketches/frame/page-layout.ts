import type { PageOptions, Svg } from 'longhand'
import { panelTop } from './controls.ts'

const LINE_HEIGHT = 9.5 // model units
const OVERRUN = 5 // model units by which a word may pass the end of its line, and a descender may enter the panel's margin
const CSS_PIXEL = 25.4 / 96 // millimeters

/**
 * Lays out a page that fills the window, with margins, above the panel.
 * @param unit pixels per model unit
 * @param free model units to keep free on the right, for writing that runs past the end of its line
 */
export function windowPage(unit: number, free = 0): PageOptions {
  const margin = Math.max(24, 0.09 * innerWidth)
  const lineHeight = LINE_HEIGHT * unit
  const overrun = Math.min(OVERRUN * unit, margin - 8)
  const top = Math.max(70, 0.08 * innerHeight) + lineHeight / 2
  const right = innerWidth - Math.max(margin, free * unit)
  const bottom = panelTop() - lineHeight / 2 - overrun
  return { left: margin, right: atLeastOneUnitWide(margin, right, unit), top, bottom, lineHeight, unit, overrun }
}

/** Lays out one line of writing, or a few. @param middle of the writing; left out, of the page */
export function linePage(unit: number, lineHeight: number, lines = 1, middle = (60 + panelTop()) / 2): PageOptions {
  const left = Math.max(24, 0.08 * innerWidth)
  const top = middle - ((lines - 1) / 2) * lineHeight
  const bottom = top + (lines - 0.5) * lineHeight
  const overrun = OVERRUN * unit
  const right = atLeastOneUnitWide(left, innerWidth - left - overrun, unit)
  return { left, right, top, bottom, lineHeight, unit, overrun }
}

/** A window narrower than its margins still gets a page. */
export function atLeastOneUnitWide(left: number, right: number, unit: number): number {
  return Math.max(right, left + unit)
}

/**
 * Exports a drawing as SVG in its real size.
 * @param size of the page in the drawing's pixels, if it is not what the window shows; scale: at which the window shows it
 */
export function windowSvg(
  drawing: Svg,
  strokeWidth: number,
  title: string,
  size: { scale?: number; width?: number; height?: number } = {},
): string {
  return drawing.toString({ ...windowSize(size), strokeWidth, title })
}

/** Returns the size of an SVG as large as the window, or another size, on a screen of 96 pixels per inch. */
export function windowSize({
  scale = 1,
  width = innerWidth / scale,
  height = innerHeight / scale,
}: {
  scale?: number
  width?: number
  height?: number
} = {}) {
  return { width, height, millimeters: CSS_PIXEL }
}
