import { panelTop } from '../frame/controls.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The layout of the page: side by side on a wide window, one below the other on a phone. */
export interface Layout {
  /** font size, in pixels */
  text: number
  /** the line being written */
  topLine: Box
  lens: { x: number; y: number; radius: number }
  weights: Box
  bells: Box
}

/** @param unit pixels per model unit of the line */
export function layOut(unit: number): Layout {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const margin = Math.max(24, 0.07 * innerWidth)
  const width = innerWidth - 2 * margin
  const topLine = { x: margin, y: 2.6 * rem, width, height: 12 * unit }
  const top = topLine.y + topLine.height + rem
  const height = Math.max(60, panelTop() - top - rem)
  const text = Math.max(rem, height / 38) // readable from the last row of a classroom
  if (height < 13 * rem && innerWidth > 2 * height) {
    // a phone in landscape: the weights are beside the lens
    const third = 0.34 * width
    return {
      text,
      topLine,
      lens: { x: innerWidth / 2 + 0.05 * width, y: top + height / 2, radius: height / 2 },
      weights: { x: margin + width - third, y: top, width: third, height },
      bells: { x: margin, y: top, width: 1.1 * third, height },
    }
  }
  if (innerWidth > 1.15 * height) {
    const half = 0.47 * width
    const row = 6 * text
    const radius = Math.max(20, Math.min(half / 2, (height - row) / 2 - 0.4 * text))
    return {
      text,
      topLine,
      lens: { x: margin + width - half / 2, y: top + radius, radius },
      weights: { x: margin + width - half, y: top + height - row + text, width: half, height: row - text },
      bells: { x: margin, y: top, width: half, height },
    }
  }
  const row = 4.2 * text
  const bells = 0.34 * height
  const radius = Math.max(20, Math.min(width / 2, (height - row - bells - text) / 2))
  return {
    text,
    topLine,
    lens: { x: innerWidth / 2, y: top + radius, radius },
    weights: { x: margin, y: top + 2 * radius + 0.9 * text, width, height: row - text },
    bells: { x: margin, y: top + height - bells, width, height: bells },
  }
}
