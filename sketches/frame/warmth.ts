import type { Palette } from './palette.ts'
import { blend, rgb } from './rgb.ts'

const COLD = 0.1
const HOT = 1.1

/** Returns the color of writing at a temperature: ink when low, redder when high. */
export function warmth(temperature: number, { ink, accent }: Palette): string {
  const heat = Math.min(Math.max((temperature - COLD) / (HOT - COLD), 0), 1)
  const channels = blend(rgb(ink), rgb(accent), heat).map(Math.round)
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
