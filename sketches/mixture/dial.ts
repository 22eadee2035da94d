import type { Mixture } from 'longhand'
import type { Palette } from '../frame/palette.ts'
import type { Box, Layout } from './layout.ts'

/** Draws the rim of the lens as a dial: the ochre share is the probability that the pen is lifted. */
export function drawRim(
  context: CanvasRenderingContext2D,
  { x, y, radius }: Layout['lens'],
  eos: number,
  colors: Palette,
): void {
  const arc = (share: number, color: string, width: number, alpha: number) => {
    context.beginPath()
    context.arc(x, y, radius, -Math.PI / 2, (2 * share - 0.5) * Math.PI)
    context.strokeStyle = color
    context.lineWidth = width
    context.globalAlpha = alpha
    context.stroke()
    context.globalAlpha = 1
  }
  arc(1, colors.ink, 1, 0.25)
  arc(eos, colors.ochre, Math.max(6, radius / 18), 1)
}

/** Draws the weights of all components as bars, and beside them the probability that the pen is lifted. */
export function drawWeights(
  context: CanvasRenderingContext2D,
  box: Box,
  { pi, eos }: Mixture,
  text: number,
  colors: Palette,
): void {
  const floor = box.y + box.height - 1.1 * text
  const bars = box.width - 5 * text
  const step = bars / pi.length
  const write = (words: string, x: number, y: number, size: number, alpha = 1) => {
    context.font = `${size}px Literata, Georgia, serif`
    context.globalAlpha = alpha
    context.fillStyle = colors.ink
    context.fillText(words, x, y)
    context.globalAlpha = 1
  }
  const highest = Math.max(0.5, ...pi)
  context.textAlign = 'center'
  pi.forEach((weight, k) => {
    const height = Math.max(1, (weight / highest) * (floor - box.y - text))
    context.fillStyle = colors.accent
    context.fillRect(box.x + (k + 0.15) * step, floor - height, 0.7 * step, height)
    if (weight > 0.145) write(`${Math.round(100 * weight)}`, box.x + (k + 0.5) * step, floor - height - 4, 0.85 * text)
  })
  context.textAlign = 'left'
  write('weights, %', box.x + 0.15 * step, floor + text, 0.8 * text, 0.75)
  context.textAlign = 'right'
  write(`${(100 * eos).toFixed(eos < 0.095 ? 1 : 0)} %`, box.x + box.width, floor, 1.7 * text)
  write('pen lifts', box.x + box.width, floor + text, 0.8 * text, 0.75)
}
